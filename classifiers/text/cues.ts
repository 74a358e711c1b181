import { CUE_WORDS, DENYING_ANSWER, PSEUDO_DENIALS, type CueReach } from './cue-words';
import { spanIndex, type Span } from './sentences';

/** A cue at its place in the view. */
export interface FoundCue {
  readonly name: string;
  readonly weight: number;
  readonly start: number;
  readonly end: number;
}

const REACH_BEFORE = 24;
const REACH_AFTER = 30;
/** A paragraph may be a page long; what stands farther away than this says nothing about the words in question. */
const REACH_STATEMENT = 200;
const REACH_SEGMENT = 160;
const pseudo = new RegExp(PSEUDO_DENIALS, 'g');
const answerMark = /(?:^|[\s。？?！”"，|｜:：])(?:答|a)\s?[：:.、\s]\s?/;
/** A question that is answered in the same breath, without marks: 有首付贷吗？抱歉… */
const bareAnswer = /^[^？?。！]{2,40}(?:吗|么|呢|怎么办|是否[^？?]{0,16}|贷|款)[？?]\s?(?=.)/;
const denyingAnswer = new RegExp(DENYING_ANSWER);
const compiled = CUE_WORDS.map((cue) => ({ ...cue, pattern: new RegExp(cue.words) }));

/** A text with its pseudo-denials blanked out and its sentences known; made once per segment. */
export interface CueText {
  readonly text: string;
  readonly blanked: string;
  /** Where the answer begins when the text is a question with its answer; -1 otherwise. */
  readonly answerAt: number;
  readonly sentences: readonly Span[];
}

/** Prepares the repaired text of a view for {@link cuesAround}. */
export function cueTextOf(text: string, sentences: readonly Span[]): CueText {
  const blanked = text.replace(pseudo, (words) => '〇'.repeat(words.length));
  const isQuestion = /[？?吗]|^[问q]/.test(text);
  const mark = isQuestion ? (answerMark.exec(text) ?? bareAnswer.exec(text)) : null;
  return {
    text,
    blanked,
    sentences,
    answerAt: mark && mark[0].length < text.length ? mark.index + mark[0].length : -1,
  };
}

/** Start of the stretch before an offset in which a denial still governs it: 24 characters, one comma, no "but". */
function reachBefore(text: string, start: number, from: number): number {
  const begin = Math.max(from, start - REACH_BEFORE);
  const window = text.slice(begin, start);
  const cut = Math.max(
    ...['但', '却', '然而', '而是', '！', '!', '？', '?', '。', '；', ';', '｜', '\n'].map((mark) =>
      window.lastIndexOf(mark),
    ),
  );
  const commas = [...window.matchAll(/[，,：:]/g)].map((match) => match.index);
  const secondComma = commas.length >= 2 ? (commas.at(-2) ?? -1) : -1;
  return begin + Math.max(cut, secondComma) + 1;
}

function statementAround({ answerAt, text, sentences }: CueText, trigger: Span): Span {
  if (answerAt >= 0 && text.length < 240) return { start: 0, end: text.length };
  const first = sentences[spanIndex(sentences, trigger.start)];
  const last = sentences[spanIndex(sentences, trigger.end - 1)];
  return {
    start: Math.max(first?.start ?? 0, trigger.start - REACH_STATEMENT),
    end: Math.min(last?.end ?? text.length, trigger.end + REACH_STATEMENT),
  };
}

/** Where the last of the words that make a trigger begins: a denial may stand between them. */
function lastWordStart(trigger: Span, words: readonly Span[]): number {
  return words.reduce((last, word) => Math.max(last, word.start), trigger.start);
}

function windowOf(reach: CueReach, cueText: CueText, trigger: Span & { lastWord: number }, statement: Span): Span {
  const { text } = cueText;
  switch (reach) {
    case 'before':
      return { start: reachBefore(text, trigger.start, statement.start), end: trigger.lastWord };
    case 'after':
      return { start: trigger.end, end: Math.min(statement.end, trigger.end + REACH_AFTER) };
    case 'clause':
    case 'statement':
      return statement;
    case 'segment':
      return {
        start: Math.max(0, trigger.start - REACH_SEGMENT),
        end: Math.min(text.length, trigger.end + REACH_SEGMENT),
      };
  }
}

function deniedByAnswer({ answerAt, blanked }: CueText, trigger: Span, words: readonly Span[]): FoundCue | null {
  if (answerAt < 0 || trigger.start >= answerAt) return null;
  const found = denyingAnswer.exec(blanked.slice(answerAt, answerAt + 40));
  if (!found) return null;
  const end = answerAt + found[0].length;
  if (words.some((word) => word.start < end && word.end > answerAt)) return null;
  return { name: 'negated', weight: -5, start: answerAt, end };
}

/** A window of the text in which the words that make a trigger are blanked: 不限, 无视 are no denials of themselves. */
function withoutWords(text: string, window: Span, words: readonly Span[]): string {
  let out = text.slice(window.start, window.end);
  for (const word of words) {
    const start = Math.max(0, word.start - window.start);
    const end = Math.min(out.length, word.end - window.start);
    if (start < end) out = out.slice(0, start) + '〇'.repeat(end - start) + out.slice(end);
  }
  return out;
}

/** One trigger in its text, with what each reach needs to know. */
interface Scope {
  readonly cueText: CueText;
  readonly trigger: Span & { lastWord: number };
  readonly statement: Span;
  readonly words: readonly Span[];
}

function scopeOf(cueText: CueText, trigger: Span, words: readonly Span[]): Scope {
  const lastWord = lastWordStart(trigger, words);
  return { cueText, trigger: { ...trigger, lastWord }, statement: statementAround(cueText, trigger), words };
}

/** The windows a cue is looked for in; for a denial before spread words first up to the last of them, then before all. */
function sourcesOf(
  cue: (typeof compiled)[number],
  { cueText, trigger, statement, words }: Scope,
): { at: number; source: string }[] {
  const window = windowOf(cue.reach, cueText, trigger, statement);
  if (cue.reach !== 'before' || trigger.lastWord <= trigger.start) {
    return [{ at: window.start, source: cueText.blanked.slice(window.start, window.end) }];
  }
  const spread = withoutWords(cueText.blanked, window, words);
  return [
    { at: window.start, source: spread },
    { at: window.start, source: spread.slice(0, trigger.start - window.start) },
  ];
}

function findCue(cue: (typeof compiled)[number], scope: Scope): Span | null {
  for (const { at, source } of sourcesOf(cue, scope)) {
    const match = cue.pattern.exec(source);
    if (match) return { start: at + match.index, end: at + match.index + match[0].length };
  }
  return null;
}

/**
 * What stands around a trigger and speaks for or against it; each name at most once, the heaviest. A denial counts
 * only within its clause's reach, so that one in a footer never silences an offer elsewhere.
 *
 * @param words The words that make the trigger, when they are several.
 */
export function cuesAround(cueText: CueText, trigger: Span, words: readonly Span[] = []): FoundCue[] {
  const scope = scopeOf(cueText, trigger, words);
  const found = new Map<string, FoundCue>();
  const answer = deniedByAnswer(cueText, trigger, words);
  if (answer) found.set(answer.name, answer);
  for (const cue of compiled) {
    const place = found.has(cue.name) ? null : findCue(cue, scope);
    if (place) found.set(cue.name, { name: cue.name, weight: cue.weight, ...place });
  }
  return [...found.values()];
}

/** Says whether a text begins like the denial of what was asked before it. */
export function denialIn(text: string): boolean {
  return denyingAnswer.test(text.slice(0, 60));
}
