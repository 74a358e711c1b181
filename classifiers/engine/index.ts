/** How a reading is judged by a pack of rules: pure, the same answer for the same input. */
export { loadPack } from './load-pack';
export * from './rule-pack';
export { type Rule, type PhraseRule, type AbsenceRule, type PhraseSamples, type AbsenceSamples } from './rule-schema';
export { judgePage, type JudgeOptions } from './judge-page';
