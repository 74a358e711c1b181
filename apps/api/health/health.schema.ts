import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class HealthAnswer extends createZodDto(z.object({ status: z.literal('ok') })) {}
