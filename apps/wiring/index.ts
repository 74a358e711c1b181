/** The composition: where ports meet adapters, and the stages of the line. */
export { type House, openHouse, transparencyAt } from './house';
export { type HousePlace, placeFrom } from './house-place';
export { openQueue } from './queue-choice';
export { runFinished, type RunProgress } from './run-finished';
