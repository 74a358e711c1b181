import canonicalize from 'canonicalize';
import { type CaptureRecord, type Evidence, type EvidenceId, type WarcPlace } from '#libs/domain';
import { leafHash } from '../merkle';
import { type CaptureBytes, type DraftedMember } from './capture-bytes';
import { storable } from './hostile-text';

/** The RFC 6962 leaf hash over the canonical form (RFC 8785) of a capture record. */
export function recordLeaf(record: CaptureRecord): Buffer {
  return leafHash(Buffer.from(canonicalize(record) ?? ''));
}

/** The capture record of bytes that stand in a file. Key by key, since its shape is sealed with it. */
export function captureRecord(
  evidenceId: EvidenceId,
  bytes: CaptureBytes,
  place: { readonly file: string; readonly offset: number },
): CaptureRecord {
  const { visit } = bytes.capture;
  const placeOf = (member: DraftedMember): WarcPlace => ({
    file: place.file,
    offset: place.offset + member.offset,
    byteLength: member.byteLength,
    sha256: member.sha256,
  });
  return {
    version: 2,
    evidenceId,
    visitId: visit.id,
    requestedUrl: storable(visit.requestedUrl),
    finalUrl: storable(visit.finalUrl),
    outcome: visit.outcome,
    httpStatus: visit.httpStatus,
    isRendered: visit.isRendered,
    persona: visit.persona,
    capturedAt: bytes.capture.capturedAt.toISOString(),
    parts: bytes.parts.map((part) => ({
      name: part.name,
      mediaType: part.mediaType,
      sha256: part.sha256,
      sm3: part.sm3,
      byteLength: part.byteLength,
      warc: placeOf(part.member),
      ...(part.request === null ? {} : { request: placeOf(part.request) }),
    })),
    incomplete: bytes.capture.incomplete.map(storable),
  };
}

/** The evidence that a record becomes at a place in the log. */
export function evidenceAt(index: number, record: CaptureRecord): Evidence {
  return { id: record.evidenceId, index, leafHash: recordLeaf(record).toString('hex'), record };
}
