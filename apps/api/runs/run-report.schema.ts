import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { channel } from '../findings/finding.schema';
import { outcome } from './run.schema';

const text = z.string();
const count = z.number();

const visit = z.looseObject({
  url: text,
  finalUrl: text,
  outcome,
  httpStatus: count.nullable(),
  rendered: z.boolean(),
  persona: text,
  evidenceId: text.nullable(),
  ms: count,
});

const finding = z.looseObject({
  id: text,
  ruleId: text,
  severity: z.enum(['S1', 'S2', 'S3', 'S4']),
  verdict: z.enum(['flag', 'review']),
  url: text.nullable(),
  quote: text.nullable(),
  start: count.nullable(),
  end: count.nullable(),
  score: count,
  legalBasis: z.array(text),
  evidenceId: text.nullable(),
  occurrences: count,
});

const disclosure = z.looseObject({
  item: text,
  state: z.enum(['present', 'present-empty', 'stale', 'absent', 'not-checkable']),
  value: text.nullable(),
  asOf: text.nullable(),
  url: text.nullable(),
  evidenceId: text.nullable(),
  reason: text.nullable(),
});

const coverage = z.looseObject({
  score: count,
  pagesKnown: count,
  pagesSeen: count,
  places: z.array(z.looseObject({ place: text, state: text, url: text.nullable(), reason: text.nullable() })),
  gaps: z.array(z.looseObject({ url: text, code: text, detail: text })),
});

const target = z.looseObject({
  url: text,
  channel,
  platform: text,
  visits: z.array(visit),
  findings: z.array(finding),
  disclosure: z.array(disclosure),
  coverage,
});

/** The run report that `mingcha crawl --json` prints; fields are added over time, never renamed, and all are passed on. */
const runReport = z.looseObject({
  run: z.looseObject({
    id: text,
    trigger: text,
    startedAt: text,
    finishedAt: text.nullable(),
    rulePack: text,
    rulePackVersion: text,
  }),
  targets: z.array(target),
  evidence: z.looseObject({ warcFiles: count, bytes: count, treeSize: count, root: text }),
});

export class RunReportBody extends createZodDto(runReport) {}

/** What the report builder must give, at the least. */
export interface RunReportAnswer {
  readonly targets: readonly { readonly platform: string }[];
}
