const BEIJING_MS = 8 * 60 * 60 * 1000;

/** `2018-03-02 01:31:00` in China Standard Time, which has no summer time. */
export function beijing(instant: string): string {
  return new Date(Date.parse(instant) + BEIJING_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** `03-02 01:31` in China Standard Time, for narrow columns. */
export function beijingShort(instant: string): string {
  return beijing(instant).slice(5, 16);
}

/** A digest in groups of eight, so that two can be compared by eye. */
export function grouped(hex: string): string {
  return hex.replace(/(.{8})(?=.)/g, '$1 ');
}

export function bytes(length: number): string {
  if (length < 1024) return `${length} B`;
  return length < 1024 * 1024 ? `${(length / 1024).toFixed(1)} KB` : `${(length / 1024 / 1024).toFixed(1)} MB`;
}

export function percent(part: number): string {
  return `${Math.floor(part * 100)}%`;
}

/** An address short enough for a line: the end of a long path says more than its middle. */
export function shortUrl(url: string, most = 48): string {
  const text = url.replace(/^https?:\/\//, '').replace(/\/$/, '');
  if (text.length <= most) return text;
  return `${text.slice(0, most / 2 - 1)}…${text.slice(-(most / 2))}`;
}
