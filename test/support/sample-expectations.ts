import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type RunReport, type TargetReport } from '#libs/reporting';
import { sitesFolder } from './sample-world';

interface ExpectedFinding {
  readonly family: string;
  readonly ruleId: string;
  readonly channel?: string;
  readonly paths: readonly string[];
  readonly quote: string;
  readonly carrier: string;
  readonly least: 'flag' | 'review';
}

interface ExpectedPlatform {
  readonly clean: boolean;
  readonly found: readonly ExpectedFinding[];
  readonly absence: readonly { readonly ruleId: string; readonly items: readonly string[] }[];
  readonly disclosure: Readonly<Record<string, string>>;
  readonly nearMisses: readonly {
    readonly family: string;
    readonly path: string;
    readonly quote: string;
    readonly why: string;
  }[];
}

export interface Expectations {
  readonly asOf: string;
  readonly families: Readonly<Record<string, readonly string[]>>;
  readonly platforms: Readonly<Record<string, ExpectedPlatform>>;
}

/** What must be found in the sample world, written before any program read it. */
export function sampleExpectations(): Expectations {
  return JSON.parse(readFileSync(path.join(sitesFolder(), 'expected.json'), 'utf8')) as Expectations;
}

type ReportedFinding = TargetReport['findings'][number];

const bare = (text: string): string => text.replace(/[\s\u200b-\u200f\u2060\ufeff]/g, '');

/** Whether a finding shows the words: one contains the other, white space and zero-width characters left out. */
export function showsWords(found: { readonly quote: string; readonly segment: string }, words: string): boolean {
  const [quote, segment, wanted] = [bare(found.quote), bare(found.segment), bare(words)];
  return (
    quote !== '' &&
    (wanted.includes(quote) || quote.includes(wanted)) &&
    (segment.includes(wanted) || wanted.includes(segment))
  );
}

/** Findings of one platform over all its channels. */
export function findingsOf(report: RunReport, platform: string): ReportedFinding[] {
  return report.targets.filter((target) => target.platform === platform).flatMap((target) => target.findings);
}

/** What was expected of a platform and is not in the report, one line each. */
export function missed(expected: ExpectedPlatform, findings: readonly ReportedFinding[]): string[] {
  const quotes = expected.found
    .filter(
      (want) =>
        !findings.some(
          (finding) =>
            finding.ruleId === want.ruleId &&
            (want.least === 'review' || finding.verdict === 'flag') &&
            showsWords({ quote: finding.quote ?? '', segment: finding.segment?.text ?? '' }, want.quote),
        ),
    )
    .map((want) => `${want.ruleId} (${want.carrier}, ${want.least}): ${want.quote}`);
  const absences = expected.absence
    .filter(
      (want) =>
        !findings.some(
          (finding) =>
            finding.ruleId === want.ruleId &&
            want.items.every((item) => finding.absence?.items.includes(item) ?? false),
        ),
    )
    .map((want) => `${want.ruleId}: ${want.items.join(' ')}`);
  return [...quotes, ...absences];
}

/** Families of which the report has at least one finding on the platforms given. */
export function familiesFound(expectations: Expectations, findings: readonly ReportedFinding[]): string[] {
  return Object.entries(expectations.families)
    .filter(([, rules]) => findings.some((finding) => rules.includes(finding.ruleId)))
    .map(([family]) => family);
}
