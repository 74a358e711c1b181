declare const brand: unique symbol;

/** A string that is known to name one kind of thing; plain strings are not accepted in its place. */
export type Id<Kind extends string> = string & { readonly [brand]: Kind };

export type PlatformId = Id<'platform'>;
export type TargetId = Id<'target'>;
export type RunId = Id<'run'>;
/** A crawl task: one target in one run. It is also what the queue carries. */
export type TaskId = Id<'task'>;
export type PageId = Id<'page'>;
export type VisitId = Id<'visit'>;
export type EvidenceId = Id<'evidence'>;
export type ReadingId = Id<'reading'>;
export type JudgementId = Id<'judgement'>;
export type HitId = Id<'hit'>;
export type FindingId = Id<'finding'>;
export type CaseId = Id<'case'>;
export type ComplaintId = Id<'complaint'>;
export type PublicityId = Id<'publicity'>;
export type AccountId = Id<'account'>;

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Says whether a string from outside has the form of an id of this house (UUID version 7, lower case). */
export function isId(value: string): boolean {
  return pattern.test(value);
}

/**
 * Makes a UUID version 7: 48 bits of time in milliseconds, then random bits. — RFC 9562, section 5.7
 *
 * Ids made in different milliseconds sort by time as text; within one millisecond their order is random.
 *
 * @param at The instant that the id begins with; now when absent.
 */
export function newId<T extends string>(at: Date = new Date()): T {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let time = at.getTime();
  for (let i = 5; i >= 0; i -= 1) {
    bytes[i] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const groups = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return groups.join('-') as T;
}
