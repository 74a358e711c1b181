import { createZodValidationPipe } from 'nestjs-zod';
import { z } from 'zod';
import { RequestInvalidError } from '#libs/domain';

/** One line per unusable field; an unknown field is named by its own name. */
function fieldsOf(issue: z.core.$ZodIssue): { field: string; message: string }[] {
  const path = issue.path.map(String);
  if (issue.code !== 'unrecognized_keys') return [{ field: path.join('.') || 'request', message: issue.message }];
  return issue.keys.map((key) => ({ field: [...path, key].join('.').slice(0, 100), message: 'is not a field here' }));
}

/** Checks bodies, queries and paths against their schemas and names every bad field at once. */
export const RequestPipe = createZodValidationPipe({
  createValidationException: (error: unknown) =>
    new RequestInvalidError(error instanceof z.ZodError ? error.issues.flatMap(fieldsOf) : []),
});
