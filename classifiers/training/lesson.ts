import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { CHANNELS, PAGE_KINDS, RuleSchemaError } from '#libs/domain';
import { type LessonFile } from '#classifiers/engine';

const rules = z.array(z.string());
const lesson = z.object({
  id: z.string(),
  text: z.string().min(1).max(2000),
  /** Rules that the text is a hit of; empty: it is none of any. */
  labels: rules,
  /** Rules that a careless reader would accuse it of. */
  near: rules.default([]),
  /** Rules of which it teaches nothing, either way. */
  debatable: rules.default([]),
  kind: z.string(),
  channel: z.enum(CHANNELS),
  pageKind: z.enum(PAGE_KINDS),
  implicit: z.boolean().default(false),
});

/** A labelled text. */
export type Lesson = z.infer<typeof lesson> & {
  /** The rules were written without it in sight: it tells how far their words can be trusted. */
  readonly isApart: boolean;
};

/**
 * Reads labelled texts, one JSON object a line, in their order; blank lines are passed over.
 *
 * @throws {RuleSchemaError} naming the file, the line and what is wrong with it.
 */
export function readLessons({ path, isApart }: LessonFile): Lesson[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.flatMap((line, i): Lesson[] => {
    if (line.trim() === '') return [];
    const result = lesson.safeParse(parsed(line));
    if (result.success) return [{ ...result.data, isApart }];
    const issues = result.error.issues.map((issue) => `${issue.path.join('.') || 'line'}: ${issue.message}`);
    throw new RuleSchemaError(basename(path), [`line ${i + 1}: ${issues.join('; ')}`]);
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null; // the schema says what a line must be
  }
}
