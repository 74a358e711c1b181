/** Chinese text made comparable and searched, every span exact in the original. Knows the language, no law. */
export { fold, originalSpan, type Folded } from './fold';
export { viewOf, needleOf, spanInOriginal, type View } from './view';
export { TermMatcher, type Occurrence } from './term-matcher';
export { sentencesOf, clausesOf, spanAt, spanIndex, type Span } from './sentences';
export { pinyinForms } from './pinyin';
export { CUE_WORDS, type CueWord, type CueReach } from './cue-words';
export { cuesAround, cueTextOf, denialIn, type CueText, type FoundCue } from './cues';
