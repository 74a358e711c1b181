const LONGEST = 500;
const credentials = /([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#"'<>]*@/gi;
/** An address whose host is not reached before the cut: what stands there may be half a password. */
const cutAddress = /([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#"'<>]*$/i;
const secretName = /passw|secret|token|cookie|authorization|credential/i;

/**
 * A text as it may stand in a log line: addresses lose user name and password (`postgres://u:p@h` becomes
 * `postgres://***@h`), and what is too long to be anything but a page ends in `…`.
 *
 * @param longest UTF-16 code units kept.
 */
export function loggable(text: string, longest = LONGEST): string {
  const clean = text.slice(0, longest).replace(credentials, '$1***@');
  return text.length > longest ? `${clean.replace(cutAddress, '$1***')}…` : clean;
}

/** Says whether a field's name promises a secret, whatever its value looks like. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

/** Any thrown or given value as text; some objects refuse to become one. */
export function textOf(given: unknown): string {
  try {
    return String(given);
  } catch {
    return 'a value that has no text';
  }
}
