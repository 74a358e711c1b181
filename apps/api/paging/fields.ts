import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

/** An id of this house in a path or a body. */
export const id = z.uuidv7();

/** An instant, RFC 3339 in UTC with milliseconds. */
export const instant = z.iso.datetime();

/** Gives an instant the form it has in answers. */
export function utc(at: Date): string;
export function utc(at: Date | null): string | null;
export function utc(at: Date | null): string | null {
  return at === null ? null : at.toISOString();
}

/** Several words in one query field, joined by commas: `severity=S1,S2`. */
export function listOf<Word extends string>(words: readonly [Word, ...Word[]]) {
  return z
    .string()
    .max(200)
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(words)))
    .optional()
    .describe(`one or several of ${words.join(', ')}, joined by commas`);
}

/** The path of one thing. */
export class OneOf extends createZodDto(z.strictObject({ id })) {}
