const encoder = new TextEncoder();

/** Text with every lone surrogate as U+FFFD: what is left can be UTF-8, and so can stand in JSON and in a database. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}

/** The UTF-8 bytes of a text, each as `%XX`. */
export function percentEncoded(text: string): string {
  return Array.from(encoder.encode(text), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

/** A text that can stand in the database: well-formed, and without the NUL that `jsonb` refuses. */
export function storable(text: string): string {
  return wellFormed(text).replaceAll('\0', '%00');
}

/** An address that can stand in a header line: printable ASCII without spaces, everything else percent-encoded. */
export function uriLine(url: string): string {
  return wellFormed(url).replace(/[^\x21-\x7e]/gu, percentEncoded);
}

/** A media type from a header of a stranger: printable ASCII, at most 200 characters; what is empty is bytes. */
export function mediaTypeLine(value: string): string {
  const line = value
    .replace(/[^\x20-\x7e]/g, '')
    .trim()
    .slice(0, 200)
    .trim();
  return line === '' ? 'application/octet-stream' : line;
}
