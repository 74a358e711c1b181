/** How a reading is judged by a pack of rules: pure, the same answer for the same input. */
export { ENGINE_VERSION, loadPack } from './load-pack';
export * from './rule-pack';
export {
  ruleSchema,
  phraseSamples,
  absenceSamples,
  type Rule,
  type PhraseRule,
  type AbsenceRule,
  type PhraseSamples,
  type AbsenceSamples,
} from './rule-schema';
export { judgePage, type JudgeOptions } from './judge-page';
