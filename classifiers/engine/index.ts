/** How a reading is judged by a pack of rules: pure, the same answer for the same input. */
export { loadPack } from './load-pack';
export * from './rule-pack';
export { type Rule, type PhraseRule, type AbsenceRule, type PhraseSamples, type AbsenceSamples } from './rule-schema';
export { judgePage } from './judge-page';
export { type JudgeOptions } from './judge-options';
/** What training reads lessons with: the functions that judge a page, one by one. */
export { compiledPack, type CompiledPack, type ReadyRule } from './compiled-pack';
export { sceneOf } from './scene';
export { judgedByHand } from './by-hand';
export { isSettled } from './decide';
export { suspicionOf } from './by-model';
export { namesOf, statementsOf, type Statement } from './statement';
export { topicOf } from './topic';
export { RANK, type Judged } from './best-hits';
export { type Scene } from './weigh';
export { lessonFiles, learnedFromOf, MODEL_FILE, type LessonFile } from './load-model';
