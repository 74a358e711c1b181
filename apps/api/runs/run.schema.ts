import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { GAP_CODES, OUTCOMES } from '#libs/domain';
import { channel } from '../findings/finding.schema';
import { pageFields } from '../paging/cursor';
import { id, instant } from '../paging/fields';

export const outcome = z.enum(OUTCOMES);
const gapCode = z.enum(GAP_CODES);

export class RunQuery extends createZodDto(z.strictObject({ ...pageFields })) {}

const coverage = z.object({
  score: z.number().describe('pages seen over pages known, 0 to 1'),
  pagesKnown: z.int(),
  pagesSeen: z.int(),
});

const runFields = {
  id,
  trigger: z.enum(['nightly', 'complaint', 'publicity', 'manual']),
  rulePack: z.string(),
  rulePackVersion: z.string(),
  startedAt: instant,
  finishedAt: instant.nullable(),
  tasks: z.object({ total: z.int(), done: z.int(), failed: z.int() }),
  coverage,
  gaps: z.int(),
  findings: z.int(),
};

export class RunPageAnswer extends createZodDto(
  z.object({ runs: z.array(z.object(runFields)), next: z.string().nullable() }),
) {}

const task = z.object({
  id,
  platform: z.object({ id, name: z.string() }),
  channel,
  url: z.string(),
  state: z.enum(['planned', 'looking', 'rendering', 'judging', 'done', 'failed']),
  failure: z.string().nullable(),
  coverage: z.object({
    ...coverage.shape,
    places: z.array(
      z.object({ place: z.string(), state: z.enum(['seen', 'not-seen', 'not-found']), url: z.string().nullable() }),
    ),
  }),
  findings: z.int(),
  visits: z.array(z.object({ outcome, count: z.int() })).describe('how the attempts ended, the most frequent first'),
  gaps: z.object({
    total: z.int(),
    first: z
      .array(z.object({ url: z.string(), code: gapCode, detail: z.string(), at: instant }))
      .describe('at most 200'),
  }),
  disclosure: z.array(
    z.object({
      item: z.string(),
      state: z.enum(['present', 'present-empty', 'stale', 'absent', 'not-checkable']),
      value: z.string().nullable(),
      asOf: z.string().nullable(),
      url: z.string().nullable(),
      evidenceId: id.nullable(),
      reason: z.string().nullable(),
    }),
  ),
});

/** One run with what was seen, and what was not, of every target inside the scope. */
export class RunAnswer extends createZodDto(z.object({ ...runFields, targets: z.array(task) })) {}
