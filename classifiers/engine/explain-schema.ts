import { type z } from 'zod';

/** Letters to change, add or drop to turn one word into the other. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

function closest(word: string, known: readonly string[]): string | null {
  const ranked = known
    .map((key) => ({ key, distance: editDistance(word.toLowerCase(), key.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance || (a.key < b.key ? -1 : 1));
  const best = ranked[0];
  return best && best.distance <= Math.max(2, Math.floor(best.key.length / 3)) ? best.key : null;
}

const KNOWN_KEYS =
  'id title status family severity legal instrument clause verified effectiveFrom effectiveTo validFrom validTo channels falsePositives moreSpecificThan detector pageKinds sources terms strong weak exclude near all within ordered strength on evasion pinyin initials context ignore amplify any add suppress why decision flagAt reviewAt items hits misses review text quote pageKind channel platform states'.split(
    ' ',
  );

function sayIssue(issue: z.core.$ZodIssue): string[] {
  const at = issue.path.length > 0 ? issue.path.join('.') : 'top level';
  if (issue.code !== 'unrecognized_keys') return [`${at}: ${issue.message}`];
  return issue.keys.map((key) => {
    const guess = closest(key, KNOWN_KEYS);
    return `${at}: unknown key "${key}"${guess === null ? '' : `, did you mean "${guess}"?`}`;
  });
}

/** Every problem of a file in plain lines: where in it, what was found, and the key that was probably meant. */
export function explainSchema(error: z.ZodError): string[] {
  return error.issues.flatMap(sayIssue);
}
