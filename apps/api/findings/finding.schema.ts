import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { CHANNELS, DISMISSAL_REASONS, PAGE_KINDS } from '#libs/domain';
import { pageFields } from '../paging/cursor';
import { id, instant, listOf } from '../paging/fields';

const SEVERITIES = ['S1', 'S2', 'S3', 'S4'] as const;
const DECISIONS = ['undecided', 'confirmed', 'dismissed', 'duplicate-of', 'parked'] as const;
const PRESENCES = ['live', 'not-seen', 'gone', 'back'] as const;
const SOURCES = ['visible', 'hidden', 'title', 'meta', 'alt', 'ocr', 'pdf'] as const;
const REGIONS = ['nav', 'header', 'main', 'aside', 'footer', 'head'] as const;

export const channel = z.enum(CHANNELS);
export const pageKind = z.enum(PAGE_KINDS);

/** Which findings are wanted; fields left out do not restrict. */
export class FindingQuery extends createZodDto(
  z.strictObject({
    platform: id.optional(),
    rule: z.string().max(100).optional(),
    severity: listOf(SEVERITIES),
    decision: listOf(DECISIONS),
    presence: listOf(PRESENCES),
    verdict: z.enum(['flag', 'review']).optional(),
    run: id.optional().describe('findings whose latest look was in this run'),
    ...pageFields,
  }),
) {}

/** What a finding is about, short enough for a line of a list. */
export const gist = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('quote'), before: z.string(), quote: z.string(), after: z.string() }),
  z.object({ kind: z.literal('absence'), items: z.array(z.string()) }),
  z.object({ kind: z.literal('comparison'), values: z.array(z.string()) }),
  z.object({ kind: z.literal('fact'), name: z.string(), value: z.string() }),
]);

const listedFields = {
  id,
  number: z.string().describe('for people: 线2018-0042'),
  platform: z.object({ id, name: z.string(), region: z.string() }),
  rule: z.object({ id: z.string(), title: z.string(), version: z.string() }),
  severity: z.enum(SEVERITIES),
  verdict: z.enum(['flag', 'review']),
  score: z.number(),
  decision: z.enum(DECISIONS),
  presence: z.enum(PRESENCES),
  rectification: z.enum(['none', 'notified', 'claimed']),
  standing: z
    .enum([
      'suspected',
      'confirmed',
      'dismissed',
      'duplicate',
      'parked',
      'verified-fixed',
      'relapsed',
      'withdrawn-silently',
    ])
    .describe('the word for the three marks together'),
  firstSeenAt: instant,
  lastSeenAt: instant,
  revision: z.int(),
  placeCount: z.int(),
  occurrences: z.int(),
  url: z.string().nullable().describe('the place seen last'),
  gist: gist.nullable(),
};

/** A finding as a list shows it. */
const listedFinding = z.object(listedFields);

export class FindingPageAnswer extends createZodDto(
  z.object({
    findings: z.array(listedFinding),
    next: z.string().nullable().describe('cursor of the next page; null on the last'),
    counts: z.object({ S1: z.int(), S2: z.int(), S3: z.int(), S4: z.int(), total: z.int() }),
  }),
) {}

const box = z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() });

const about = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('quote'),
    path: z.string(),
    segmentText: z.string(),
    source: z.enum(SOURCES),
    region: z.enum(REGIONS),
    pageKind,
    start: z.int().describe('UTF-16 code units into segmentText'),
    end: z.int(),
    quote: z.string(),
    box: box.nullable().describe('CSS pixels of the full page'),
  }),
  z.object({
    kind: z.literal('absence'),
    items: z.array(z.string()),
    search: z.array(z.object({ url: z.string(), evidenceId: id })),
  }),
  z.object({
    kind: z.literal('comparison'),
    sides: z.array(z.object({ url: z.string(), value: z.string(), quote: z.string(), evidenceId: id })),
  }),
  z.object({ kind: z.literal('fact'), name: z.string(), value: z.string() }),
]);

const place = z.object({
  pageId: id,
  url: z.string(),
  runId: id,
  evidenceId: id,
  screenshotUrl: z.string().nullable(),
  occurrences: z.int(),
  seenAt: instant,
  ruleVersion: z.string(),
  verdict: z.enum(['flag', 'review', 'drop']),
  score: z.number(),
  about,
  cues: z.array(z.object({ name: z.string(), weight: z.number(), quote: z.string().nullable() })),
});

/** One finding with its places, the best to look at first, and its history, oldest first. */
export class FindingAnswer extends createZodDto(
  z.object({
    ...listedFields,
    legalBasis: z.array(z.string()),
    duplicateOf: id.nullable(),
    places: z.array(place).describe('at most 100; placeCount tells how many there are'),
    history: z.array(
      z.object({
        name: z.string(),
        by: z.string().nullable().describe('null for the machine'),
        facts: z.record(z.string(), z.unknown()),
        at: instant,
      }),
    ),
  }),
) {}

const order = z
  .strictObject({
    decision: z.enum(DECISIONS),
    reason: z
      .enum(DISMISSAL_REASONS as ['denial', ...(typeof DISMISSAL_REASONS)[number][]])
      .optional()
      .describe('needed, and only allowed, when dismissed'),
    note: z.string().trim().max(2000).optional(),
    duplicateOf: id.optional().describe('needed, and only allowed, for duplicate-of'),
  })
  .refine((body) => (body.decision === 'dismissed') === (body.reason !== undefined), {
    path: ['reason'],
    message: 'belongs to dismissed, and dismissed needs it',
    when: ({ value }) => typeof value === 'object' && value !== null,
  })
  .refine((body) => (body.decision === 'duplicate-of') === (body.duplicateOf !== undefined), {
    path: ['duplicateOf'],
    message: 'belongs to duplicate-of, and duplicate-of needs it',
    when: ({ value }) => typeof value === 'object' && value !== null,
  });

export class DecisionBody extends createZodDto(order) {}

export class DecisionAnswer extends createZodDto(z.object({ id, decision: z.enum(DECISIONS), revision: z.int() })) {}
