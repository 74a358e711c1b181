import canonicalize from 'canonicalize';
import { z } from 'zod';
import { type EvidenceId, type Hit, InputInvalidError } from '#libs/domain';
import { BundleReader } from '#libs/evidence/warc/bundle';
import { type DossierFinding, type JudgedLook } from '#libs/persistence';
import { loadJudging } from './house';
import { judgeObservation, type Judging, type PageJudgement } from './judging';
import { type Doubt, doubted } from './second-look';
import { sealedObservation } from './unjudged';

/** What became of one hit when it was derived again. */
export interface RejudgedHit {
  readonly finding: string;
  readonly ruleId: string;
  readonly url: string;
  readonly evidenceId: EvidenceId;
  /** `identical`: every field; `different`: see `differences`; `not-derivable`: a kind this way does not derive. */
  readonly outcome: 'identical' | 'different' | 'not-derivable';
  /** One line each, empty when identical: field, as kept, as derived. */
  readonly differences: readonly string[];
}

/** The looks and findings of a report; the rest of it is for people. The verifier has read it before. */
const reportShape = z.object({ findings: z.array(z.unknown()), looks: z.array(z.unknown()) });

/** Doubts that come from comparing two looks and are put on when a hit is filed, not when a page is judged. */
const FILED_DOUBTS: readonly Doubt[] = ['not-reproduced', 'not-looked-at-twice'];

/**
 * Derives every hit of a bundle again: from its bytes, with the rules kept in it, by this program's engine. In the order
 * of the report.
 *
 * @throws {NotFoundError} when there is no bundle at that path.
 * @throws {RuleSchemaError} when the rules in it cannot be used by this program.
 */
export async function rejudgeBundle(directory: string): Promise<RejudgedHit[]> {
  const bundle = await BundleReader.open(directory);
  const report = reportShape.safeParse(bundle.report);
  if (!report.success) throw new InputInvalidError('report.json', 'another shape', 'findings and looks');
  const bench = new JudgingBench(bundle, loadJudging(bundle.packDirectory), report.data.looks as JudgedLook[]);
  const results: RejudgedHit[] = [];
  for (const { number, places } of report.data.findings as DossierFinding[]) {
    for (const { hit, url, evidenceId } of places) {
      const derived = await derive(bench, hit, evidenceId);
      results.push({ finding: number, ruleId: hit.ruleId, url, evidenceId, ...derived });
    }
  }
  return results;
}

/** Judges the looks of a bundle, each once. */
class JudgingBench {
  private readonly judged = new Map<EvidenceId, Promise<PageJudgement | null>>();

  constructor(
    private readonly bundle: BundleReader,
    private readonly judging: Judging,
    private readonly looks: readonly JudgedLook[],
  ) {}

  /** Null when the report tells nothing of the look. */
  judge(id: EvidenceId): Promise<PageJudgement | null> {
    const known = this.judged.get(id) ?? this.judgeNow(id);
    this.judged.set(id, known);
    return known;
  }

  private async judgeNow(id: EvidenceId): Promise<PageJudgement | null> {
    const look = this.looks.find(({ evidenceId }) => evidenceId === id);
    if (look === undefined) return null;
    const seen = await sealedObservation(this.bundle, look, look.render);
    const orders = {
      target: { channel: look.channel },
      run: { orders: { asOf: look.asOf } },
      platform: { name: look.platform },
    };
    return judgeObservation(this.judging, orders, seen);
  }
}

type Derived = Pick<RejudgedHit, 'outcome' | 'differences'>;

const different = (...differences: string[]): Derived => ({ outcome: 'different', differences });

function derive(bench: JudgingBench, hit: Hit, evidenceId: EvidenceId): Promise<Derived> | Derived {
  switch (hit.about.kind) {
    case 'quote':
      return deriveQuote(bench, hit, evidenceId);
    case 'absence':
      return deriveAbsence(bench, hit.about);
    case 'comparison':
    case 'fact':
      return { outcome: 'not-derivable', differences: [`a ${hit.about.kind} rests on more than one look`] };
  }
}

async function deriveQuote(bench: JudgingBench, kept: Hit, evidenceId: EvidenceId): Promise<Derived> {
  const judged = await bench.judge(evidenceId);
  if (judged === null) return different('the report tells nothing of the look it rests on');
  const sameRule = judged.hits.filter(({ ruleId }) => ruleId === kept.ruleId);
  const candidates = sameRule.map((hit) => differencesOf(kept, withFiledDoubts(hit, kept)));
  const [closest] = candidates.sort((a, b) => a.length - b.length);
  if (closest === undefined) return different(`rule ${kept.ruleId} says nothing of these bytes now`);
  return closest.length === 0 ? { outcome: 'identical', differences: [] } : different(...closest);
}

function withFiledDoubts(hit: Hit, kept: Hit): Hit {
  const doubts = FILED_DOUBTS.filter((doubt) => kept.cues.some(({ name }) => name === doubt));
  return doubts.reduce(doubted, hit);
}

function differencesOf(kept: Hit, derived: Hit): string[] {
  const fields = ['about', 'verdict', 'score', 'clause', 'cues', 'ruleVersion'] as const;
  return fields
    .filter((field) => canonicalize(kept[field]) !== canonicalize(derived[field]))
    .map((field) => `${field}: ${JSON.stringify(kept[field])} became ${JSON.stringify(derived[field])}`);
}

/** An absence stands when none of the looks that searched shows the items. */
async function deriveAbsence(bench: JudgingBench, about: Extract<Hit['about'], { kind: 'absence' }>): Promise<Derived> {
  const seen: string[] = [];
  for (const { evidenceId, url } of about.search) {
    const judged = await bench.judge(evidenceId);
    if (judged === null) seen.push(`the report tells nothing of the look at ${url}`);
    const found =
      judged?.sightings.filter(({ item, state }) => state === 'present' && about.items.includes(item)) ?? [];
    seen.push(...found.map(({ item }) => `item ${item} is sighted at ${url}`));
  }
  return seen.length === 0 ? { outcome: 'identical', differences: [] } : different(...seen);
}
