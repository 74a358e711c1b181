/** Chinese text made comparable and searched, every span exact in the original. Knows the language, no law. */
export { fold, originalSpan, type Folded } from './fold';
export { squeeze } from './squeeze';
export { viewOf, needleOf, spanInOriginal, evasionAt, type View, type Evasion } from './view';
export { evenOut, repairMiswritten } from './look-alikes';
export { TermMatcher, type Occurrence } from './term-matcher';
export { sentencesOf, clausesOf, spanAt, spanIndex, type Span } from './sentences';
export { pinyinForms } from './pinyin';
export { CUE_WORDS, type CueWord, type CueReach } from './cue-words';
export { cuesAround, cueTextOf, denialIn, type CueText, type FoundCue } from './cues';
