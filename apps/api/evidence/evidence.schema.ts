import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { id, instant } from '../paging/fields';
import { outcome } from '../runs/run.schema';

const place = z.object({
  file: z.string(),
  offset: z.int(),
  byteLength: z.int(),
  sha256: z.string().optional().describe('over the compressed record; since version 2'),
});

const part = z.object({
  name: z.string(),
  mediaType: z.string(),
  sha256: z.string(),
  sm3: z.string(),
  byteLength: z.int(),
  warc: place,
  request: place.optional(),
});

/** A sealed capture: its place in the log, and the record that its leaf hash covers, as it was sealed. */
export class EvidenceAnswer extends createZodDto(
  z.object({
    id,
    index: z.int().describe('place in the log: gapless, starts at 0'),
    leafHash: z.string().describe('SHA-256(0x00 || RFC 8785 form of record), lower-case hex'),
    record: z.object({
      version: z.literal([1, 2]),
      evidenceId: id,
      visitId: id,
      requestedUrl: z.string(),
      finalUrl: z.string(),
      outcome,
      httpStatus: z.int().nullable(),
      isRendered: z.boolean(),
      persona: z.string(),
      capturedAt: instant,
      parts: z.array(part),
      incomplete: z.array(z.string()),
    }),
    platform: z.object({ id, name: z.string() }),
    runId: id,
    screenshotUrl: z.string().nullable(),
    domUrl: z.string().nullable(),
  }),
) {}
