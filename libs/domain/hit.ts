import { type EvidenceId } from './ids';
import { type Box, type SegmentRegion, type SegmentSource } from './reading';
import { type PageKind } from './page';

/** S1 bars filing, S2 a breach to be rectified, S3 a disclosure gap, S4 a lead for a person, never called a violation. */
export type Severity = 'S1' | 'S2' | 'S3' | 'S4';

/** `flag` accuses, `review` asks a person to look, `drop` was seen and judged harmless, and says why. */
export type Verdict = 'flag' | 'review' | 'drop';

/** A circumstance that spoke for or against, with its own words where it stands in the text. */
export interface Cue {
  /** From a closed list of the engine: `negated`, `regulation-quote`, `amount`, `evasion`, `not-reproduced`… */
  readonly name: string;
  /** Positive speaks for a hit, negative against; 0 only explains. */
  readonly weight: number;
  readonly quote: string | null;
}

/** Words on one segment. `start` and `end` are UTF-16 code units into `segmentText`; `quote` is that slice. */
export interface QuoteAbout {
  readonly kind: 'quote';
  readonly path: string;
  readonly segmentText: string;
  readonly source: SegmentSource;
  readonly region: SegmentRegion;
  readonly pageKind: PageKind;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  readonly box: Box | null;
}

/** Something that must be there and is not, with the search that looked for it. */
export interface AbsenceAbout {
  readonly kind: 'absence';
  /** Ids of `reference` checklist entries (A1 … I6), in the order of the checklist. */
  readonly items: readonly string[];
  /** Every address where it was looked for, with the evidence of that look. */
  readonly search: readonly { readonly url: string; readonly evidenceId: EvidenceId }[];
}

/** Two places that say different things. */
export interface ComparisonAbout {
  readonly kind: 'comparison';
  readonly sides: readonly {
    readonly url: string;
    readonly value: string;
    readonly quote: string;
    readonly evidenceId: EvidenceId;
  }[];
}

/** A fact that is no text: a listing that vanished, a certificate that ended. */
export interface FactAbout {
  readonly kind: 'fact';
  readonly name: string;
  readonly value: string;
}

export type About = QuoteAbout | AbsenceAbout | ComparisonAbout | FactAbout;

/** One rule version, and what it is about. */
export interface Hit {
  readonly ruleId: string;
  /** First 16 hex digits of SHA-256 over the rule, its lexicons and model, and the engine's version. */
  readonly ruleVersion: string;
  readonly verdict: Verdict;
  /** 0 to 1: how sure the engine is that this is a hit. */
  readonly score: number;
  readonly about: About;
  /** What hits that say the same thing share: the folded clause with its digits masked; for the fingerprint. */
  readonly clause: string;
  readonly cues: readonly Cue[];
}
