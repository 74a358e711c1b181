import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { channel } from '../findings/finding.schema';
import { id, instant } from '../paging/fields';

export class PlatformsAnswer extends createZodDto(
  z.object({
    platforms: z.array(
      z.object({
        id,
        name: z.string(),
        uscc: z.string().nullable().describe('统一社会信用代码'),
        region: z.string().describe('GB/T 2260'),
        targets: z.array(z.object({ id, channel, url: z.string() })),
        undecided: z.object({ S1: z.int(), S2: z.int(), S3: z.int(), S4: z.int() }),
        confirmed: z.int(),
        lastRun: z.object({ id, startedAt: instant }).nullable(),
      }),
    ),
  }),
) {}
