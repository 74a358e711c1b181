import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import canonicalize from 'canonicalize';
import { type Evidence, InputInvalidError, StorageUnavailableError } from '#libs/domain';
import { type SignedHead, type TransparencyLog } from '../transparency-log';
import { closeBag } from './bag';
import { ARCHIVE_NAME, placesText, writeArchive } from './bundle-archive';

/** What goes into a bundle. */
export interface BundleContents {
  /** In the order of the log. */
  readonly evidence: readonly Evidence[];
  /** What is said with it; told as `report.json`. `head` and `exportedAt` are added. */
  readonly report: Readonly<Record<string, unknown>>;
  /** What the records belong together by, in words. */
  readonly subject: string;
  /** The rule pack's directory: copied whole. */
  readonly packDirectory: string;
}

/** Where a bundle comes from and goes to. */
export interface BundleWay {
  /** Where the WARC files stand. */
  readonly archive: string;
  /** Must not exist; appears complete or not at all. */
  readonly out: string;
  readonly transparency: TransparencyLog;
  readonly at: Date;
}

/** Beside this file in the sources; from `dist/` the sources' folder, since the compiler copies neither. */
export function bundleAsset(name: 'verify.mjs' | 'how-to-verify.md'): string {
  const beside = path.join(__dirname, name);
  return existsSync(beside) ? beside : path.resolve(__dirname, '../../../../../libs/evidence/warc/bundle', name);
}

/**
 * Writes a bundle that verifies without this house: records, log proofs, report, rule pack, verifier and instructions,
 * signed as a whole with the key of the log.
 *
 * @throws {InputInvalidError} when something is at `out` already, or there is no evidence to export.
 * @throws {EvidenceTamperedError} when a record to be copied is not as sealed; nothing is left at `out`.
 * @throws {LogKeyUnusableError} when nothing can be signed.
 */
export async function writeBundle(contents: BundleContents, way: BundleWay): Promise<SignedHead> {
  if (existsSync(way.out)) throw new InputInvalidError('option --out', `"${way.out}", which exists`, 'a new path');
  if (contents.evidence.length === 0) throw new InputInvalidError('export', 'no evidence', 'at least one capture');
  const head = await way.transparency.sign();
  const draft = `${way.out}.part`;
  await rm(draft, { recursive: true, force: true });
  try {
    await writeData(path.join(draft, 'data'), contents, { ...way, head });
    const tagManifest = await closeBag(draft, {
      'Source-Organization': 'mingcha',
      'Bagging-Date': way.at.toISOString().slice(0, 10),
      'External-Identifier': contents.subject,
      'Log-Key-Fingerprint': head.fingerprint,
    });
    const signature = await way.transparency.signBytes(tagManifest);
    await writeFile(path.join(draft, 'tagmanifest-sha256.txt.sig'), signature, { flag: 'wx' });
    await rename(draft, way.out);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if ((error as { syscall?: unknown }).syscall === undefined) throw error;
    throw new StorageUnavailableError(way.out, 'writing bundle', { cause: error });
  }
  return head;
}

async function writeData(
  data: string,
  contents: BundleContents,
  way: BundleWay & { readonly head: SignedHead },
): Promise<void> {
  const { head, at } = way;
  for (const folder of ['records', 'log', 'warc']) await mkdir(path.join(data, folder), { recursive: true });
  const write = (place: string, text: string) => writeFile(path.join(data, place), text, { flag: 'wx' });
  for (const { id, record } of contents.evidence) await write(`records/${id}.json`, canonicalize(record) ?? '');
  const written = await writeArchive(path.join(data, 'warc', ARCHIVE_NAME), way.archive, {
    evidence: contents.evidence,
    partOf: contents.subject,
    at,
  });
  await write('warc/places.txt', placesText(written.places, written.openingLength));
  await write('log/checkpoint', head.note);
  await write('log/key.pem', head.publicKey.export({ type: 'spki', format: 'pem' }).toString());
  await write('log/proofs.txt', await proofsText(contents.evidence, way));
  const { treeSize, root, fingerprint } = head;
  const report = { ...contents.report, exportedAt: at.toISOString(), log: { treeSize, root, fingerprint } };
  await write('report.json', `${JSON.stringify(report, null, 2)}\n`);
  await cp(contents.packDirectory, path.join(data, 'pack'), { recursive: true, dereference: true });
  await copyFile(bundleAsset('verify.mjs'), path.join(data, 'verify.mjs'));
  await copyFile(bundleAsset('how-to-verify.md'), path.join(data, 'how-to-verify.md'));
}

async function proofsText(
  evidence: readonly Evidence[],
  { transparency, head }: BundleWay & { readonly head: SignedHead },
): Promise<string> {
  const indices = evidence.map(({ index }) => index);
  const proofs = await transparency.inclusionProofs(indices, head.treeSize);
  return evidence
    .map(({ id, index }, at) => `${[id, index, head.treeSize, ...(proofs[at] ?? [])].join(' ')}\n`)
    .join('');
}
