import { type View } from '#classifiers/text';

/** A place that a structured cue finds; offsets into the view. */
export interface CuePlace {
  readonly start: number;
  readonly end: number;
  /** How a figure was worked out, in Chinese; null when the words say all. */
  readonly steps: string | null;
}

/** Finds a fact that has a form rather than a wording. @param asOf The day on which the text was shown, `YYYY-MM-DD`. */
export type StructuredCue = (view: View, asOf: string) => readonly CuePlace[];
