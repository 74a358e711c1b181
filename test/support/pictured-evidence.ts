import { createHash } from 'node:crypto';
import {
  type CaptureRecord,
  type Evidence,
  type EvidenceId,
  newId,
  NotFoundError,
  type PartName,
  type VisitId,
} from '#libs/domain';
import { EvidenceStore, type LogState, type Verification } from '#libs/evidence';
import { type Seed } from './seed';

/** Sealed captures handed in ready-made: for tests of what shows evidence, not of what keeps it. */
export class PicturedEvidence extends EvidenceStore {
  private readonly kept = new Map<EvidenceId, { evidence: Evidence; parts: ReadonlyMap<PartName, Buffer> }>();

  /** Keeps parts as evidence of a visit, and writes its row. */
  async keep(
    seed: Seed,
    visitId: VisitId,
    parts: readonly { readonly name: PartName; readonly mediaType: string; readonly bytes: Buffer }[],
    url = 'https://p2p.example/',
  ): Promise<EvidenceId> {
    const id = newId<EvidenceId>();
    const record: CaptureRecord = {
      ...{ version: 1, evidenceId: id, visitId, requestedUrl: url, finalUrl: url, outcome: 'ok', httpStatus: 200 },
      ...{ isRendered: true, persona: 'desktop', capturedAt: '2018-03-01T17:31:00.000Z', incomplete: [] },
      parts: parts.map(({ name, mediaType, bytes }) => ({
        ...{ name, mediaType, byteLength: bytes.length, sm3: 'b'.repeat(64) },
        sha256: createHash('sha256').update(bytes).digest('hex'),
        warc: { file: 'run.warc.gz', offset: 0, byteLength: bytes.length },
      })),
    };
    const { index, leafHash } = await seed.evidence(visitId, record);
    const bytesByName = new Map(parts.map((part) => [part.name, part.bytes] as const));
    this.kept.set(id, { evidence: { id, index, leafHash, record }, parts: bytesByName });
    return id;
  }

  get(id: EvidenceId): Promise<Evidence> {
    const kept = this.kept.get(id);
    return kept === undefined ? Promise.reject(new NotFoundError('evidence', id)) : Promise.resolve(kept.evidence);
  }

  read(id: EvidenceId, part: PartName): Promise<Uint8Array> {
    const bytes = this.kept.get(id)?.parts.get(part);
    return bytes === undefined ? Promise.reject(new NotFoundError('part', id)) : Promise.resolve(bytes);
  }

  append(): Promise<never> {
    return Promise.reject(new Error('this store is filled by its test'));
  }

  state(): Promise<LogState> {
    return Promise.resolve({ treeSize: this.kept.size, root: '' });
  }

  verify(): Promise<Verification> {
    return Promise.resolve({ treeSize: this.kept.size, root: '', checkedParts: 0, problems: [] });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
