import { z } from 'zod';
import { RequestInvalidError } from '#libs/domain';

/** Where a page of a list ended, in a form that callers hand back unread. */
export function toCursor(key: object | null): string | null {
  return key === null ? null : Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** @throws {RequestInvalidError} when it is no cursor that this list gave out. */
export function fromCursor<Key>(cursor: string | undefined, key: z.ZodType<Key>): Key | null {
  if (cursor === undefined) return null;
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const result = key.safeParse(parsed(text));
  if (result.success) return result.data;
  throw new RequestInvalidError([{ field: 'cursor', message: 'is not a cursor of this list' }]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the schema refuses it with the caller's words
  }
}

/** The fields by which every list is paged. */
export const pageFields = {
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('how many at most'),
  cursor: z.string().max(500).optional().describe('`next` of the page before'),
};
