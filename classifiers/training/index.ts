/** Teaches a pack of rules from labelled texts; offline work, done by the build and by `mingcha rules train`. */
export { trainPack, type Trained } from './train-pack';
export { readLessons, type Lesson } from './lesson';
export { type Progress } from './train';
