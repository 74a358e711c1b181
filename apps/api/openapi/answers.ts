import { type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { EvidenceAnswer } from '../evidence/evidence.schema';
import { DecisionAnswer, FindingAnswer, FindingPageAnswer } from '../findings/finding.schema';
import { HealthAnswer } from '../health/health.schema';
import { PlatformsAnswer } from '../platforms/platform.schema';
import { RunReportBody } from '../runs/run-report.schema';
import { RunAnswer, RunPageAnswer } from '../runs/run.schema';
import { Session } from '../users/session.schema';

const ANSWERS = [
  DecisionAnswer,
  EvidenceAnswer,
  FindingAnswer,
  FindingPageAnswer,
  HealthAnswer,
  PlatformsAnswer,
  RunAnswer,
  RunPageAnswer,
  RunReportBody,
  Session,
];

/**
 * Puts the schemas of answers in as zod writes them: on its way through Nest, `string or null` becomes a list of
 * strings. Answers may gain fields, so further ones are allowed.
 *
 * @throws {Error} when an answer is described that is not in the list above.
 */
export function describeAnswers(document: OpenAPIObject): void {
  const schemas = (document.components ??= {}).schemas ?? {};
  const known = new Map<string, (typeof ANSWERS)[number]['schema']>(
    ANSWERS.map((answer) => [`${answer.name}_Output`, answer.schema]),
  );
  for (const name of Object.keys(schemas).filter((one) => one.endsWith('_Output'))) {
    const schema = known.get(name);
    if (schema === undefined) throw new Error(`answer ${name} is missing in openapi/answers.ts`);
    const described: Record<string, unknown> = z.toJSONSchema(schema, { io: 'input' });
    delete described['$schema']; // the document says which dialect it speaks
    schemas[name] = described;
  }
}
