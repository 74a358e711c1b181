import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

const BAGIT = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

/** Plain files under a folder of the bag, as paths with `/`, sorted bytewise. */
async function filesUnder(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(path.join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

interface FileDigests {
  readonly place: string;
  readonly sha256: string;
  readonly sm3: string;
  readonly byteLength: number;
}

async function digestsOfFile(root: string, place: string): Promise<FileDigests> {
  const [sha256, sm3] = [createHash('sha256'), createHash('sm3')];
  let byteLength = 0;
  for await (const chunk of createReadStream(path.join(root, place))) {
    sha256.update(chunk as Buffer);
    sm3.update(chunk as Buffer);
    byteLength += (chunk as Buffer).length;
  }
  return { place, sha256: sha256.digest('hex'), sm3: sm3.digest('hex'), byteLength };
}

const manifest = (files: readonly FileDigests[], algorithm: 'sha256' | 'sm3'): string =>
  files.map((file) => `${file[algorithm]}  ${file.place}\n`).join('');

/**
 * Makes a bag of a directory whose `data/` is complete: declaration, description and manifests. — RFC 8493
 *
 * SM3 is not among the algorithms that RFC 8493 names; it allows further manifests, and a reader may pass it over.
 *
 * @returns The list of lists, `tagmanifest-sha256.txt`: whoever signs it signs everything.
 */
export async function closeBag(root: string, info: Readonly<Record<string, string>>): Promise<Buffer> {
  const files: FileDigests[] = [];
  for (const place of await filesUnder(root, 'data')) files.push(await digestsOfFile(root, place));
  const octets = files.reduce((sum, file) => sum + file.byteLength, 0);
  const lines = Object.entries({ ...info, 'Payload-Oxum': `${octets}.${files.length}` });
  const tags = {
    'bag-info.txt': lines.map(([name, value]) => `${name}: ${value}\n`).join(''),
    'bagit.txt': BAGIT,
    'manifest-sha256.txt': manifest(files, 'sha256'),
    'manifest-sm3.txt': manifest(files, 'sm3'),
  };
  const listed: FileDigests[] = [];
  for (const [name, text] of Object.entries(tags)) {
    await writeFile(path.join(root, name), text, { flag: 'wx' });
    listed.push(await digestsOfFile(root, name));
  }
  const tagManifest = Buffer.from(manifest(listed, 'sha256'));
  await writeFile(path.join(root, 'tagmanifest-sha256.txt'), tagManifest, { flag: 'wx' });
  return tagManifest;
}
