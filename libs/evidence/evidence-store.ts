import {
  type Capture,
  type Evidence,
  type EvidenceId,
  type HeaderPairs,
  type PartName,
  type RunId,
} from '#libs/domain';

/** What the store needs of an open transaction; `pg` clients fit. */
export interface SealTransaction {
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<{ rows: Row[] }>;
}

/** What the log says of itself. `root` is the RFC 6962 tree head over all leaves, lower-case hex. */
export interface LogState {
  readonly treeSize: number;
  readonly root: string;
}

/** What a whole verification found; `problems` is empty when every byte and every leaf is as sealed. */
export interface Verification extends LogState {
  readonly checkedParts: number;
  readonly problems: readonly {
    readonly evidenceId: EvidenceId | null;
    readonly code: string;
    readonly detail: string;
  }[];
}

/** A signed checkpoint and where it comes from, in words. */
export interface SignedStatement {
  readonly where: string;
  readonly note: string;
}

/** An answer read back. Headers that did not fit the body as it is kept bear `x-orig-` before their name. */
export interface SealedAnswer {
  readonly responseHeaders: HeaderPairs;
  /** In the content encoding that `responseHeaders` still name. */
  readonly body: Uint8Array;
}

/** Keeps captures for good. What is appended can be read and verified, never changed. */
export abstract class EvidenceStore {
  /**
   * Seals captures: their parts are written and synced, then one transaction gives them consecutive places in the
   * log, in the order given. Calls that come while another is under way may share its sync and transaction.
   *
   * @param alongside Runs inside that transaction before the evidence rows are written (visit rows go here); it may
   * run again when the transaction is retried, so it must keep no state. When it throws, nothing is sealed.
   */
  abstract append(
    runId: RunId,
    captures: readonly Capture[],
    alongside: (tx: SealTransaction) => Promise<void>,
  ): Promise<readonly Evidence[]>;

  /** @throws {NotFoundError} when there is no such evidence. */
  abstract get(id: EvidenceId): Promise<Evidence>;

  /**
   * The payload bytes of one part, digest checked.
   *
   * @throws {NotFoundError} when there is no such evidence or part.
   * @throws {EvidenceTamperedError} when the bytes are not those sealed.
   */
  abstract read(id: EvidenceId, part: PartName): Promise<Uint8Array>;

  /**
   * What a server answered: the headers as sealed and the body, digest checked.
   *
   * @throws {NotFoundError} when there is no such evidence or part.
   * @throws {EvidenceTamperedError} when the body is not the one sealed.
   */
  abstract readAnswer(id: EvidenceId, part: `exchange-${number}`): Promise<SealedAnswer>;

  abstract state(): Promise<LogState>;

  /**
   * Reads everything back. Linear in the bytes kept; an empty store has no problems and the empty root.
   *
   * @param outside Checkpoints of this log that were kept elsewhere: the log must still continue each of them.
   */
  abstract verify(outside?: readonly SignedStatement[]): Promise<Verification>;

  /** Closes open WARC files; later appends open new ones. */
  abstract close(): Promise<void>;
}
