import { z } from 'zod';
import { CHANNELS, GAP_CODES, OUTCOMES, PAGE_KINDS } from '#libs/domain';

const instant = z.iso.datetime();
const box = z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() });
const outcome = z.enum(OUTCOMES);

const visit = z.object({
  url: z.string(),
  finalUrl: z.string(),
  outcome,
  httpStatus: z.number().int().nullable(),
  rendered: z.boolean(),
  persona: z.enum(['desktop', 'mobile']),
  evidenceId: z.uuid().nullable(),
  ms: z.number().int().nonnegative(),
  detail: z.string(),
});

const finding = z.object({
  id: z.uuid(),
  number: z.string(),
  ruleId: z.string(),
  severity: z.enum(['S1', 'S2', 'S3', 'S4']),
  verdict: z.enum(['flag', 'review']),
  url: z.string(),
  quote: z.string().nullable(),
  start: z.number().int().nonnegative().nullable(),
  end: z.number().int().nonnegative().nullable(),
  segment: z.object({ path: z.string(), text: z.string() }).nullable(),
  source: z.enum(['visible', 'hidden', 'title', 'meta', 'alt', 'ocr', 'pdf']).nullable(),
  pageKind: z.enum(PAGE_KINDS).nullable(),
  region: z.enum(['nav', 'header', 'main', 'aside', 'footer', 'head']).nullable(),
  box: box.nullable(),
  absence: z.object({ items: z.array(z.string()), searchId: z.uuid() }).nullable(),
  comparison: z
    .object({
      sides: z.array(z.object({ url: z.string(), value: z.string(), quote: z.string(), evidenceId: z.uuid() })),
    })
    .nullable(),
  score: z.number().min(0).max(1),
  legalBasis: z.array(z.string()),
  evidenceId: z.uuid(),
  occurrences: z.number().int().positive(),
  decision: z.string(),
  cues: z.array(z.object({ name: z.string(), weight: z.number(), quote: z.string().nullable() })),
});

const disclosure = z.object({
  item: z.string(),
  state: z.enum(['present', 'present-empty', 'stale', 'absent', 'not-checkable']),
  value: z.string().nullable(),
  asOf: z.string().nullable(),
  url: z.string().nullable(),
  evidenceId: z.uuid().nullable(),
  reason: z.string().nullable(),
});

const coverage = z.object({
  score: z.number().min(0).max(1),
  pagesKnown: z.number().int().nonnegative(),
  pagesSeen: z.number().int().nonnegative(),
  places: z.array(
    z.object({ place: z.string(), state: z.string(), url: z.string().nullable(), reason: z.string().nullable() }),
  ),
  gaps: z.array(z.object({ url: z.string(), code: z.enum(GAP_CODES), detail: z.string() })),
});

const target = z.object({
  url: z.string(),
  channel: z.enum(CHANNELS),
  platform: z.string(),
  state: z.string(),
  visits: z.array(visit),
  findings: z.array(finding),
  disclosure: z.array(disclosure),
  listing: z.record(z.string(), z.unknown()).optional(),
  ad: z.record(z.string(), z.unknown()).optional(),
  coverage,
});

/** The run report that offices script against; fields are added, never renamed. — docs/interfaces: `crawl --json` */
export const runReportSchema = z.object({
  run: z.object({
    id: z.uuid(),
    trigger: z.enum(['nightly', 'complaint', 'publicity', 'manual']),
    startedAt: instant,
    finishedAt: instant.nullable(),
    rulePack: z.string(),
    rulePackVersion: z.string(),
    asOf: z.string(),
    pacePerSecond: z.number().nullable(),
  }),
  targets: z.array(target),
  evidence: z.object({
    warcFiles: z.number().int().nonnegative(),
    bytes: z.number().int().nonnegative(),
    treeSize: z.number().int().nonnegative(),
    root: z.string().regex(/^[0-9a-f]{64}$/),
  }),
});

export type RunReport = z.infer<typeof runReportSchema>;
export type TargetReport = z.infer<typeof target>;
