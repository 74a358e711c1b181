/** The composition: where ports meet adapters, and the stages of the line. */
export { exportEvidence, type ExportSubject } from './export-evidence';
export { type House, openHouse, transparencyAt } from './house';
export { type HousePlace, placeFrom } from './house-place';
export { openQueue } from './queue-choice';
export { rejudgeBundle, type RejudgedHit } from './rejudge-bundle';
export { runFinished, type RunProgress } from './run-finished';
