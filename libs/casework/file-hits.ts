import {
  chinaDay,
  type EvidenceId,
  type FindingId,
  type Hit,
  type HitId,
  type PageId,
  type PlatformId,
  presenceAfter,
  type Severity,
  type TaskId,
} from '#libs/domain';
import { type FiledFinding, FindingRepository, type Queryable } from '#libs/persistence';
import { FINGERPRINT_VERSION, fingerprintOf } from './fingerprint';

/** A hit that was kept, with the page and the evidence it rests on. */
export interface HitToFile {
  readonly hitId: HitId;
  readonly hit: Hit;
  readonly pageId: PageId;
  readonly evidenceId: EvidenceId;
}

/** What filing needs to know of a rule. */
export interface RuleFacts {
  readonly severity: Severity;
  /** Instrument and clause, one string each, as people print them. */
  readonly legalBasis: readonly string[];
}

/** Whose hits they are and in which task they were made. */
export interface FilingContext {
  readonly platformId: PlatformId;
  readonly taskId: TaskId;
  readonly at: Date;
  readonly rules: ReadonlyMap<string, RuleFacts>;
}

/**
 * Folds hits into findings: hits that say the same thing on one platform are one finding, each page of them one of
 * its places. Dropped hits are left out. Filing the same hits again changes no count. A person's decision is never
 * touched.
 *
 * @param db A transaction; nothing is filed when it is undone.
 */
export async function fileHits(db: Queryable, context: FilingContext, hits: readonly HitToFile[]): Promise<void> {
  const findings = new FindingRepository(db);
  for (const group of grouped(hits)) await fileGroup(findings, context, group);
}

/** Hits by fingerprint; groups in the order of their fingerprints, so that two transactions lock rows in one order. */
function grouped(hits: readonly HitToFile[]): HitToFile[][] {
  const groups = new Map<string, HitToFile[]>();
  for (const item of hits) {
    if (item.hit.verdict === 'drop') continue;
    const key = fingerprintOf(item.hit);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

async function fileGroup(
  findings: FindingRepository,
  context: FilingContext,
  group: readonly HitToFile[],
): Promise<void> {
  const filed = filedFrom(context, group);
  const findingId = await fileOne(findings, context, filed);
  const byPage = new Map<PageId, HitToFile[]>();
  for (const item of group) byPage.set(item.pageId, [...(byPage.get(item.pageId) ?? []), item]);
  for (const [pageId, onPage] of byPage) {
    const strongest = strongestOf(onPage);
    await findings.keepPlace({
      findingId,
      pageId,
      hitId: strongest.hitId,
      evidenceId: strongest.evidenceId,
      taskId: context.taskId,
      occurrences: onPage.length,
      at: context.at,
    });
  }
}

async function fileOne(findings: FindingRepository, context: FilingContext, filed: FiledFinding): Promise<FindingId> {
  const known = await findings.sameAs(filed);
  if (known) {
    const presence = presenceAfter(known.presence, true, null, context.at);
    await findings.seeAgain(known.id, filed, presence);
    if (presence !== known.presence) {
      const facts = { from: known.presence, to: presence, taskId: context.taskId };
      await findings.addEvent({
        findingId: known.id,
        accountId: null,
        name: 'presence.changed',
        facts,
        at: context.at,
      });
    }
    return known.id;
  }
  const year = Number(chinaDay(context.at).slice(0, 4));
  const added = await findings.add(filed, await findings.nextNumber('线', year));
  if (added === null) return fileOne(findings, context, filed); // another worker was first: see it again instead
  const facts = { taskId: context.taskId, ruleVersion: filed.ruleVersion, verdict: filed.verdict };
  await findings.addEvent({ findingId: added, accountId: null, name: 'finding.filed', facts, at: context.at });
  return added;
}

function strongestOf(group: readonly HitToFile[]): HitToFile {
  const rank = (item: HitToFile) => (item.hit.verdict === 'flag' ? 1 : 0) + item.hit.score / 2;
  return group.reduce((best, item) => (rank(item) > rank(best) ? item : best));
}

function filedFrom(context: FilingContext, group: readonly HitToFile[]): FiledFinding {
  const { hit } = strongestOf(group);
  const rule = context.rules.get(hit.ruleId);
  if (!rule) throw new Error(`hit of rule ${hit.ruleId}, which the rule pack does not have`);
  return {
    platformId: context.platformId,
    ruleId: hit.ruleId,
    ruleVersion: hit.ruleVersion,
    fingerprint: fingerprintOf(hit),
    fingerprintVersion: FINGERPRINT_VERSION,
    severity: rule.severity,
    verdict: hit.verdict === 'flag' ? 'flag' : 'review',
    score: hit.score,
    legalBasis: rule.legalBasis,
    at: context.at,
  };
}
