import { type EvidenceId, type VisitId } from './ids';
import { type PartName } from './capture';

/** Where the bytes of a part stand: one gzip member of a WARC 1.1 file. */
export interface WarcPlace {
  readonly file: string;
  readonly offset: number;
  readonly byteLength: number;
  /**
   * SHA-256 over the member as it stands in the file, lower-case hex: with it the log vouches for the record's date,
   * address and headers too, not for the payload alone. Absent in records of version 1.
   */
  readonly sha256?: string;
}

/** A sealed part with its digests over the payload bytes, lower-case hex. — FIPS 180-4; GB/T 32905-2016 */
export interface SealedPart {
  readonly name: PartName;
  readonly mediaType: string;
  readonly sha256: string;
  readonly sm3: string;
  readonly byteLength: number;
  readonly warc: WarcPlace;
  /** Where the request stands that was answered with this part; only of exchanges, and from version 2 on. */
  readonly request?: WarcPlace;
}

/**
 * The capture record: the canonical form (RFC 8785) of this is what the leaf hash covers, so its shape never changes;
 * a new fact is a new field in a new `version`.
 */
export interface CaptureRecord {
  /** 2 since every record of the file is named with its digest; 1 named payloads only. */
  readonly version: 1 | 2;
  readonly evidenceId: EvidenceId;
  readonly visitId: VisitId;
  readonly requestedUrl: string;
  readonly finalUrl: string;
  readonly outcome: string;
  readonly httpStatus: number | null;
  readonly isRendered: boolean;
  readonly persona: string;
  /** RFC 3339, UTC, milliseconds. */
  readonly capturedAt: string;
  readonly parts: readonly SealedPart[];
  readonly incomplete: readonly string[];
}

/** A sealed capture: its place in the log and the record that its leaf hash covers. */
export interface Evidence {
  readonly id: EvidenceId;
  /** Place in the log: gapless, starts at 0. */
  readonly index: number;
  /** SHA-256(0x00 || canonical record), lower-case hex. — RFC 6962, section 2.1 */
  readonly leafHash: string;
  readonly record: CaptureRecord;
}
