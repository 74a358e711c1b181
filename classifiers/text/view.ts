import { fold, originalSpan, type Folded } from './fold';
import { evenOut, repairMiswritten } from './look-alikes';
import { squeeze } from './squeeze';

/** A text in the forms that judging reads; offsets of `text`, `repaired` and `even` are the same. */
export interface View {
  readonly original: string;
  readonly folded: Folded;
  readonly squeezed: Folded;
  /** Folded, separators that break words up taken out. */
  readonly text: string;
  /** `text` with miswritten words put right. */
  readonly repaired: string;
  /** `repaired` with look-alikes evened out: what words are looked for in. */
  readonly even: string;
}

/** Prepares a text for judging. */
export function viewOf(original: string): View {
  const folded = fold(original);
  const squeezed = squeeze(folded);
  const repaired = repairMiswritten(squeezed.text);
  return { original, folded, squeezed, text: squeezed.text, repaired, even: evenOut(repaired) };
}

/** A word of a rule as it must be looked for in `View.even`. */
export function needleOf(term: string): { plain: string; even: string } {
  const plain = viewOf(term).text;
  return { plain, even: evenOut(plain) };
}

/** The span of the original for a span of the view. */
export function spanInOriginal(view: View, start: number, end: number): { start: number; end: number } {
  return originalSpan(view.squeezed, start, end);
}
