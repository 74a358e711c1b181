/** The kinds of looking that a rule may name. They find; the engine decides. */
export { STRUCTURED_CUES } from './structured-cues';
export { PhraseDetector, type Found, type NamedPlace, type Trigger } from './phrase-detector';
export { type PhraseTerms, type Place } from './phrase-index';
