import { open } from 'node:fs/promises';
import { type Evidence, EvidenceTamperedError, newId, type SealedPart, type WarcPlace } from '#libs/domain';
import { sha256Of } from '../digests';
import { fileOpening } from '../file-opening';
import { memberAt } from '../sealed-bytes';

/** Name of the one archive in a bundle. */
export const ARCHIVE_NAME = 'evidence.warc.gz';

/** One line of the list of places: which record of which part stands where in the bundle's archive. */
export interface BundlePlace {
  readonly evidenceId: string;
  readonly part: string;
  readonly kind: 'request' | 'payload';
  readonly offset: number;
  readonly byteLength: number;
}

/**
 * Copies the records of evidence, byte for byte, into one new archive. Holds one record at a time.
 *
 * @returns The places in the order of the file, and the length of its opening record.
 * @throws {EvidenceTamperedError} when a record is not the one sealed: nothing altered leaves the house unnoticed.
 */
export async function writeArchive(
  file: string,
  directory: string,
  what: { readonly evidence: readonly Evidence[]; readonly partOf: string; readonly at: Date },
): Promise<{ places: BundlePlace[]; openingLength: number }> {
  const handle = await open(file, 'wx', 0o640);
  try {
    const opening = await fileOpening({ name: ARCHIVE_NAME, runId: what.partOf, recordId: newId(), at: what.at });
    await handle.writeFile(opening);
    let offset = opening.length;
    const places: BundlePlace[] = [];
    for (const one of what.evidence) {
      for (const { part, kind, place } of recordsOf(one)) {
        const member = await sealedMember(directory, one, part, place);
        await handle.writeFile(member);
        places.push({ evidenceId: one.id, part: part.name, kind, offset, byteLength: member.length });
        offset += member.length;
      }
    }
    await handle.sync();
    return { places, openingLength: opening.length };
  } finally {
    await handle.close();
  }
}

function recordsOf({ record }: Evidence): { part: SealedPart; kind: BundlePlace['kind']; place: WarcPlace }[] {
  return record.parts.flatMap((part) => [
    ...(part.request ? [{ part, kind: 'request' as const, place: part.request }] : []),
    { part, kind: 'payload' as const, place: part.warc },
  ]);
}

async function sealedMember(directory: string, { id }: Evidence, part: SealedPart, place: WarcPlace): Promise<Buffer> {
  const read = await memberAt(directory, place);
  const sealed = place.sha256 ?? part.sha256;
  if (read.problem) throw new EvidenceTamperedError(id, part.name, sealed, `nothing: ${read.problem.detail}`);
  const sha256 = sha256Of(read.member);
  if (place.sha256 !== undefined && place.sha256 !== sha256) {
    throw new EvidenceTamperedError(id, part.name, place.sha256, sha256);
  }
  return read.member;
}

/** The list of places as the bundle holds it, one line each. */
export function placesText(places: readonly BundlePlace[], openingLength: number): string {
  const lines = places.map((place) =>
    [place.evidenceId, place.part, place.kind, place.offset, place.byteLength].join(' '),
  );
  return [`# opening ${openingLength}`, ...lines].map((line) => `${line}\n`).join('');
}

/** The same, read back. */
export function placesIn(text: string): BundlePlace[] {
  return text.split('\n').flatMap((line) => {
    const [evidenceId = '', part = '', kind, offset, byteLength] = line.split(' ');
    if (kind !== 'request' && kind !== 'payload') return [];
    return [{ evidenceId, part, kind, offset: Number(offset), byteLength: Number(byteLength) }];
  });
}
