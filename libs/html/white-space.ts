// Zero-width characters and U+FEFF stay: they hide words, and the matcher counts them as a sign of that.
const RUNS = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
const BLANK = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$/;

/** Every run of white space becomes one space, none at the ends; no-break and ideographic spaces count as white. */
export function collapse(text: string): string {
  return text.replace(RUNS, ' ').trim();
}

/** Says whether a text holds nothing but white space. */
export function isBlank(text: string): boolean {
  return BLANK.test(text);
}
