import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Evidence, type EvidenceId, EvidenceTamperedError, NotFoundError, type PartName } from '#libs/domain';
import { type SealedAnswer } from '#libs/evidence';
import { sha256Of } from '../digests';
import { recordLeaf } from '../capture-record';
import { headersIn } from '../http-head';
import { partBytes } from '../sealed-bytes';
import { ARCHIVE_NAME, type BundlePlace, placesIn } from './bundle-archive';

/** Evidence as it stands in a bundle, digests checked part by part; whether the bundle is intact the verifier says. */
export class BundleReader {
  private constructor(
    private readonly directory: string,
    private readonly places: readonly BundlePlace[],
    /** `report.json`, as it is written. */
    readonly report: unknown,
  ) {}

  /** @throws {NotFoundError} when there is no bundle at that path. */
  static async open(directory: string): Promise<BundleReader> {
    try {
      const places = placesIn(await readFile(path.join(directory, 'data/warc/places.txt'), 'utf8'));
      const report: unknown = JSON.parse(await readFile(path.join(directory, 'data/report.json'), 'utf8'));
      return new BundleReader(directory, places, report);
    } catch {
      throw new NotFoundError('bundle', directory);
    }
  }

  /** The rule pack that judged, as it was copied. */
  get packDirectory(): string {
    return path.join(this.directory, 'data', 'pack');
  }

  /** `index` is not known here: the proofs hold it. @throws {NotFoundError} when it is not in the bundle. */
  async get(id: EvidenceId): Promise<Evidence> {
    if (!this.places.some(({ evidenceId }) => evidenceId === id)) throw new NotFoundError('evidence', id);
    const record = JSON.parse(
      await readFile(path.join(this.directory, 'data', 'records', `${id}.json`), 'utf8'),
    ) as Evidence['record'];
    return { id, index: -1, leafHash: recordLeaf(record).toString('hex'), record };
  }

  /** See `EvidenceStore.read`. */
  async read(id: EvidenceId, name: PartName): Promise<Uint8Array> {
    return (await this.part(id, name)).bytes;
  }

  /** See `EvidenceStore.readAnswer`. */
  async readAnswer(id: EvidenceId, name: `exchange-${number}`): Promise<SealedAnswer> {
    const { head, bytes } = await this.part(id, name);
    return { responseHeaders: headersIn(head), body: bytes };
  }

  private async part(id: EvidenceId, name: PartName): Promise<{ head: string; bytes: Uint8Array }> {
    const part = (await this.get(id)).record.parts.find((candidate) => candidate.name === name);
    const place = this.places.find((one) => one.evidenceId === id && one.part === name && one.kind === 'payload');
    if (!part || !place) throw new NotFoundError(`part ${name} of evidence`, id);
    const warc = { file: ARCHIVE_NAME, offset: place.offset, byteLength: place.byteLength };
    const read = await partBytes(path.join(this.directory, 'data', 'warc'), { ...part, warc });
    const sha256 = read.problem ? `nothing: ${read.problem.detail}` : sha256Of(read.bytes);
    if (read.problem || sha256 !== part.sha256) throw new EvidenceTamperedError(id, name, part.sha256, sha256);
    return read;
  }
}
