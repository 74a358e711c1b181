import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { isDay, RuleSchemaError, type PageKind } from '#libs/domain';
import { VALUE_KINDS } from './value-kinds';

const day = z.string().refine(isDay, 'is no calendar day YYYY-MM-DD');
const place = z.enum(['home', 'disclosure', 'about']);
const itemId = z.string().regex(/^[A-I]\d{1,2}$/, 'is no checklist id such as A1 or D01');
const label = z.string().min(2).max(40);

const checklistItem = z.strictObject({
  id: itemId,
  name: z.string().min(2).max(60),
  /** The rule that speaks of its absence; null when only the report does. */
  rule: z
    .string()
    .regex(/^missing-[a-z-]+$/)
    .nullable(),
  /** What stands before the value on pages, as seen on sites; compared without spaces, units and numbering. */
  labels: z.array(label).default([]),
  /** What a value of the item looks like; a value of another kind does not answer the label. */
  value: z.enum(VALUE_KINDS).default('text'),
  /** `required`: 无 and blanks are no answer. `zero`: 无 is an answer. `pending`: words on a pending filing are one too. */
  empty: z.enum(['required', 'zero', 'pending']).default('required'),
  /** Places that must have been seen before the item may be called absent. */
  places: z.array(place).min(1).default(['home', 'disclosure', 'about']),
  /** Further kinds of page on which the label counts. */
  alsoOn: z.array(z.enum(['help', 'news', 'notice', 'product'])).default([]),
  /** Regular expressions that show the item without a label; group 1, when there is one, is the value. */
  shownBy: z.array(z.string().min(2)).default([]),
  /** Where `shownBy` is looked for; `site` is every page seen. */
  shownOn: z.enum(['site', 'home', 'places', 'edges']).default('places'),
  /** Words in a heading; a picture or a sentence below it answers. */
  headings: z.array(label).default([]),
  /** Forms in which sites also show the item, so that an unread one speaks against absence. */
  carriers: z.array(z.enum(['picture', 'banner', 'footer-picture', 'file', 'frame'])).default([]),
  /** `branches`: only of firms that have some, which pages cannot rule out. */
  applies: z.enum(['all', 'branches']).default('all'),
  /** `monthly`: figures of the last month end; `yearly`: a report of the last year. */
  due: z.enum(['monthly', 'yearly']).nullable().default(null),
  legal: z.strictObject({ instrument: z.string().min(2), clause: z.string().min(1), verified: z.boolean() }),
});

const checklistFile = z.strictObject({
  version: z.literal(1),
  title: z.string().min(2),
  /** Days that are off or worked against the week, by year. — 国务院办公厅关于部分节假日安排的通知 */
  holidays: z.record(z.string().regex(/^\d{4}$/), z.strictObject({ off: z.array(day), worked: z.array(day) })),
  items: z.array(checklistItem).min(1),
});

/** One thing that must be shown, and how it is recognised. */
export type ChecklistItem = z.infer<typeof checklistItem>;

/** Everything that must be shown, in the order of the regulation. — 银监办发[2017]113号 */
export type Checklist = z.infer<typeof checklistFile>;

/**
 * Reads `checklist.yml` of a rule pack.
 *
 * @throws {RuleSchemaError} when the file is missing, is no YAML, has an unknown key, an id twice or a pattern that is
 * no regular expression; names the place.
 */
export function loadChecklist(directory: string): Checklist {
  const file = 'checklist.yml';
  const path = join(directory, file);
  if (!existsSync(path)) throw new RuleSchemaError(file, [`does not exist in ${directory}`]);
  return parseChecklist(file, readFileSync(path, 'utf8'));
}

/** The same from text. @throws {RuleSchemaError} as {@link loadChecklist}. */
export function parseChecklist(file: string, text: string): Checklist {
  const document = parseDocument(text, { uniqueKeys: true });
  const faults = document.errors.map((error) => error.message.split('\n')[0] ?? 'is no YAML');
  if (faults.length > 0) throw new RuleSchemaError(file, faults.slice(0, 5));
  const result = checklistFile.safeParse(document.toJS({ maxAliasCount: 200 }) as unknown);
  if (!result.success) throw new RuleSchemaError(file, result.error.issues.map(explain));
  const problems = problemsOf(result.data);
  if (problems.length > 0) throw new RuleSchemaError(file, problems);
  return result.data;
}

/** Says whether a label of an item counts on pages of a kind: in the places, and where the item says. */
export function countsOn(item: ChecklistItem, pageKind: PageKind): boolean {
  const kinds: readonly PageKind[] = ['home', 'disclosure', 'about', ...item.alsoOn];
  return kinds.includes(pageKind);
}

function explain(issue: z.core.$ZodIssue): string {
  return `${issue.path.join('.') || 'top level'}: ${issue.message}`;
}

function problemsOf(checklist: Checklist): string[] {
  const seen = new Set<string>();
  return checklist.items.flatMap(({ id, shownBy, labels, headings }) => {
    const problems: string[] = [];
    if (seen.has(id)) problems.push(`${id}: stands twice`);
    seen.add(id);
    if (shownBy.length + labels.length + headings.length === 0)
      problems.push(`${id}: nothing tells how it is recognised`);
    for (const pattern of shownBy)
      if (!isPattern(pattern)) problems.push(`${id}: "${pattern}" is no regular expression`);
    return problems;
  });
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').source !== '';
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
