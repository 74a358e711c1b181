import { createZodDto } from 'nestjs-zod';
import { runReportSchema } from '#libs/reporting';

/** The run report, as `mingcha crawl --json` prints it. */
export class RunReportBody extends createZodDto(runReportSchema) {}
