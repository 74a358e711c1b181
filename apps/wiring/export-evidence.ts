import path from 'node:path';
import { programVersion } from '#libs/config';
import { type Evidence, type EvidenceId, type FindingId, type Hit, NotFoundError, type RunId } from '#libs/domain';
import { type BundleWay, writeBundle } from '#libs/evidence/warc/bundle';
import { type DossierFinding, DossierRepository, RunRepository } from '#libs/persistence';
import { type House } from './house';
import { type HousePlace } from './house-place';

/** What is exported: one finding with all its places, or everything a run sealed. */
export type ExportSubject =
  { readonly kind: 'finding'; readonly id: FindingId } | { readonly kind: 'run'; readonly id: RunId };

/** What an export became. */
export interface Exported {
  readonly path: string;
  readonly findings: number;
  readonly evidence: number;
  readonly treeSize: number;
  readonly fingerprint: string;
}

/**
 * Exports evidence as a bundle that verifies and can be judged again without this house.
 *
 * @throws {NotFoundError} when there is no such finding or run.
 */
export async function exportEvidence(
  house: Pick<House, 'store' | 'evidence' | 'transparency' | 'judging'>,
  subject: ExportSubject,
  way: { readonly place: HousePlace; readonly packDirectory: string; readonly out: string },
): Promise<Exported> {
  const dossier = new DossierRepository(house.store.pool);
  const { findings, ids } = await chosen(house, dossier, subject);
  const evidence: Evidence[] = [];
  for (const id of ids) evidence.push(await house.evidence.get(id));
  evidence.sort((a, b) => a.index - b.index);
  const { pack } = house.judging;
  const report = {
    format: 'mingcha-evidence-report',
    version: 1,
    software: `mingcha ${programVersion()}`,
    subject,
    pack: { name: pack.name, version: pack.version },
    findings,
    looks: await dossier.looksOf(evidence.map(({ id }) => id)),
  };
  const bundleWay: BundleWay = {
    archive: path.join(way.place.dataDirectory, 'warc'),
    out: path.resolve(way.out),
    transparency: house.transparency,
    at: new Date(),
  };
  const contents = { evidence, report, subject: `${subject.kind} ${subject.id}`, packDirectory: way.packDirectory };
  const { treeSize, fingerprint } = await writeBundle(contents, bundleWay);
  return { path: bundleWay.out, findings: findings.length, evidence: evidence.length, treeSize, fingerprint };
}

async function chosen(
  house: Pick<House, 'store'>,
  dossier: DossierRepository,
  subject: ExportSubject,
): Promise<{ findings: DossierFinding[]; ids: EvidenceId[] }> {
  if (subject.kind === 'finding') {
    const findings = await dossier.ofFinding(subject.id);
    if (findings.length === 0) throw new NotFoundError('finding', subject.id);
    return { findings, ids: evidenceOf(findings) };
  }
  await new RunRepository(house.store.pool).get(subject.id);
  const findings = await dossier.ofRun(subject.id);
  const ids = [...(await dossier.evidenceOfRun(subject.id)), ...evidenceOf(findings)];
  return { findings, ids: [...new Set(ids)] };
}

/** Everything that findings rest on, each once: the looks that show them, and those that searched in vain. */
function evidenceOf(findings: readonly DossierFinding[]): EvidenceId[] {
  const all = findings.flatMap(({ places }) => places.flatMap(({ evidenceId, hit }) => [evidenceId, ...restsOn(hit)]));
  return [...new Set(all)];
}

function restsOn({ about }: Hit): EvidenceId[] {
  if (about.kind === 'absence') return about.search.map(({ evidenceId }) => evidenceId);
  return about.kind === 'comparison' ? about.sides.map(({ evidenceId }) => evidenceId) : [];
}
