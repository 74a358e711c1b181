/** Weighs suspicions by what labelled texts taught. Numbers and words only: knows no rule and no page. */
export { keyOfName } from './feature-key';
export { wordingOf, type Wording } from './wording';
export { KeyTable } from './key-table';
export { WordModel, type Rows } from './word-model';
export { shuffle } from './shuffle';
export { fit, type Lessons, type FitPlan } from './fit';
export { circumstancesOf, type Circumstances, type Suspicion } from './circumstances';
export { logOddsOf, topicOutputOf, type JudgeModel, type Thresholds } from './judge-model';
export { readModel, writeModel, type ModelParts } from './model-file';
