import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { id } from '../paging/fields';

export class Credentials extends createZodDto(
  z.strictObject({ name: z.string().min(1).max(64), password: z.string().min(1).max(200) }),
) {}

/** Who is signed in. */
export class Session extends createZodDto(
  z.object({
    account: z.object({
      id,
      name: z.string(),
      displayName: z.string(),
      roles: z.array(z.enum(['monitor', 'verifier', 'reviewer', 'rule-editor', 'operator', 'administrator'])),
      region: z.string().describe('GB/T 2260 prefix of what this person sees; empty is everything'),
    }),
  }),
) {}
