import path from 'node:path';
import { type EvidenceId, type SealedPart } from '#libs/domain';
import { type SealTransaction, type Verification } from '../evidence-store';
import { TreeHead } from '../merkle';
import { recordLeaf } from './capture-record';
import { digestsOf, sha256Of } from './digests';
import { type StoredEvidence, evidenceFrom } from './evidence-rows';
import { sha256OfFile } from './file-digest';
import { isPlainFileName, lengthOfFile } from './place';
import { type SignedStatements, signedProblems } from './signed-statements';
import { readCheckpoint } from '../log';
import { memberAt, partBytes } from './sealed-bytes';
import { type EnteredFile, enteredFiles } from './warc-file-rows';

/** Rows held in memory at once; a record names a few dozen parts, so a page of rows is a few megabytes at most. */
const PAGE = 100;

/**
 * One reading of everything kept. Holds one page of rows, one part and one length per file at a time.
 *
 * Problem codes: `log-gap`, `leaf-mismatch`, `record-mismatch`, `place-refused`, `file-missing`, `part-unreadable`,
 * `part-altered`, `record-altered` (date, address or headers around a part) of evidence; `file-missing`, `file-short`, `file-tail`, `file-altered`, `bytes-unvouched` of files;
 * `log-rolled-back`, `log-rewritten`, `checkpoint-altered`, `checkpoint-of-another-key`, `checkpoint-dropped`,
 * `consistency-broken`, `log-key-missing` of what was signed.
 */
export class WholeVerification {
  readonly #problems: { evidenceId: EvidenceId | null; code: string; detail: string }[] = [];
  readonly #head = new TreeHead();
  /** How far into each file evidence was seen to reach. */
  readonly #reach = new Map<string, number>();
  /** Sizes at which somebody signed the log, and its heads there. */
  readonly #signedSizes = new Set<number>();
  readonly #roots = new Map<number, string>();
  #checkedParts = 0;

  constructor(
    private readonly database: SealTransaction,
    private readonly directory: string,
  ) {}

  /** @param signed What was signed of this log, from wherever it is kept; null when nothing can be. */
  async run(signed: SignedStatements | null = null): Promise<Verification> {
    // Files first: what is sealed while this runs can then only reach further than they say, never less far.
    const files = await enteredFiles(this.database);
    for (const { note } of signed?.statements ?? []) this.#signedSizes.add(readCheckpoint(note)?.treeSize ?? 0);
    await this.#readLog();
    for (const file of files) await this.#checkFile(file);
    const { size: treeSize, root } = this.#head;
    const problems = signed
      ? signedProblems(signed, { treeSize, rootAt: (size) => this.#roots.get(size) ?? null })
      : [];
    for (const { code, detail } of problems) this.#note(null, code, detail);
    return { treeSize, root, checkedParts: this.#checkedParts, problems: this.#problems };
  }

  #note(evidenceId: EvidenceId | null, code: string, detail: string): void {
    this.#problems.push({ evidenceId, code, detail });
  }

  async #readLog(): Promise<void> {
    let next = 0;
    this.#roots.set(0, this.#head.root);
    for (;;) {
      const page = await evidenceFrom(this.database, next, PAGE);
      if (page.length === 0) return;
      for (const evidence of page) {
        if (evidence.index !== next) {
          this.#note(
            evidence.id,
            'log-gap',
            `places ${next} to ${evidence.index - 1} of the log are missing before it`,
          );
        }
        next = evidence.index + 1;
        await this.#checkEvidence(evidence);
      }
    }
  }

  async #checkEvidence(evidence: StoredEvidence): Promise<void> {
    const leaf = recordLeaf(evidence.record);
    this.#head.add(leaf);
    if (this.#signedSizes.has(this.#head.size)) this.#roots.set(this.#head.size, this.#head.root);
    if (leaf.toString('hex') !== evidence.leafHash) {
      this.#note(
        evidence.id,
        'leaf-mismatch',
        `its record hashes to ${leaf.toString('hex')}, sealed as ${evidence.leafHash}`,
      );
    }
    if (!evidence.isConsistent) {
      this.#note(evidence.id, 'record-mismatch', 'its columns and its record name different evidence, visits or times');
    }
    const parts: unknown = (evidence.record as { parts?: unknown } | null)?.parts; // a changed record may hold anything
    if (!Array.isArray(parts)) return this.#note(evidence.id, 'record-mismatch', 'its record has no list of parts');
    for (const part of parts as (SealedPart | null)[]) await this.#checkPart(evidence.id, part);
  }

  async #checkPart(id: EvidenceId, part: SealedPart | null): Promise<void> {
    if (typeof part?.warc !== 'object')
      return this.#note(id, 'record-mismatch', 'its record has a part without a place');
    this.#checkedParts += 1;
    const read = await partBytes(this.directory, part);
    if (read.problem) return this.#note(id, read.problem.code, `part "${part.name}": ${read.problem.detail}`);
    const { file, offset, byteLength } = part.warc;
    this.#reach.set(file, Math.max(this.#reach.get(file) ?? 0, offset + byteLength));
    const { sha256, sm3 } = await digestsOf(read.bytes);
    const isPayloadSealed = sha256 === part.sha256 && sm3 === part.sm3 && read.bytes.byteLength === part.byteLength;
    if (isPayloadSealed) return this.#checkRecords(id, part, read.memberSha256);
    const found = `${read.bytes.byteLength} bytes, sha256 ${sha256}, sm3 ${sm3}`;
    this.#note(
      id,
      'part-altered',
      `part "${part.name}" is ${found}; sealed as ${part.byteLength} bytes, ${part.sha256}, ${part.sm3}`,
    );
  }

  /** The payload is as sealed; this looks at what stands around it: date, address, headers, the request. */
  async #checkRecords(id: EvidenceId, part: SealedPart, memberSha256: string): Promise<void> {
    const isAltered = part.warc.sha256 !== undefined && part.warc.sha256 !== memberSha256;
    if (isAltered) {
      this.#note(id, 'record-altered', `part "${part.name}": what stands around its payload is not as sealed`);
    }
    if (part.request === undefined) return;
    const request = await memberAt(this.directory, part.request);
    if (request.problem)
      return this.#note(id, request.problem.code, `request of part "${part.name}": ${request.problem.detail}`);
    if (sha256Of(request.member) !== part.request.sha256) {
      this.#note(id, 'record-altered', `request of part "${part.name}" is not as sealed`);
    }
  }

  async #checkFile(file: EnteredFile): Promise<void> {
    const { name, committed } = file;
    if (!isPlainFileName(name)) return this.#note(null, 'place-refused', `file ${name} is not inside the archive`);
    const length = await lengthOfFile(path.join(this.directory, name));
    if (length === null) {
      if (committed > 0) this.#note(null, 'file-missing', `file ${name} is missing`);
      return;
    }
    if (length < committed) {
      return this.#note(null, 'file-short', `file ${name} holds ${length} bytes, sealed evidence needs ${committed}`);
    }
    await this.#checkContents(file, length);
    // The last record of every capture is a part, so bytes beyond the last part lost their evidence.
    if ((this.#reach.get(name) ?? 0) < committed) {
      this.#note(null, 'bytes-unvouched', `file ${name}: no readable evidence reaches to its end at ${committed}`);
    }
  }

  async #checkContents(file: EnteredFile, length: number): Promise<void> {
    const { name, committed, isClosed } = file;
    if (!isClosed) return; // bytes beyond what is committed are being written
    if (length > committed) this.#note(null, 'file-tail', `file ${name} holds ${length - committed} bytes too many`);
    const sha256 = await sha256OfFile(path.join(this.directory, name), committed);
    if (sha256 !== file.sha256) {
      this.#note(null, 'file-altered', `file ${name} hashes to ${sha256}, closed as ${file.sha256 ?? 'nothing'}`);
    }
  }
}
