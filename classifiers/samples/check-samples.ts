import { type Checklist, judgePlatformDisclosure } from '#classifiers/disclosure';
import {
  type AbsenceSamples,
  judgePage,
  type PhraseSamples,
  type RulePack,
  type VersionedRule,
} from '#classifiers/engine';
import { readText } from '#classifiers/extraction';
import {
  type Channel,
  type DisclosureItemState,
  type EvidenceId,
  type Hit,
  type PageKind,
  type Verdict,
} from '#libs/domain';

/** A sample that the rule does not judge as its file says. */
export interface SampleFailure {
  readonly ruleId: string;
  readonly expected: string;
  readonly found: string;
  /** The sample's text, or its states as JSON. */
  readonly text: string;
}

/** The last day of the campaign: every rule of the first packs is in force. — notice 网贷整治办函(2017)57号, part 二(四) */
const BY_DEFAULT = '2018-09-01';

/** Judges every sample of every rule; gives those that come out otherwise, in the order of rules and files. */
export function checkSamples(pack: RulePack, checklist: Checklist, asOf: string = BY_DEFAULT): SampleFailure[] {
  return pack.rules.flatMap((rule) => {
    const samples = pack.samples.get(rule.id);
    if (samples === undefined) return [{ ruleId: rule.id, expected: 'samples', found: 'none', text: '' }];
    return rule.detector === 'phrase'
      ? phraseFailures({ rule, pack, asOf }, samples as PhraseSamples)
      : absenceFailures({ rule, checklist, asOf }, samples as AbsenceSamples);
  });
}

interface PhraseProof {
  readonly rule: VersionedRule;
  readonly pack: RulePack;
  readonly asOf: string;
}

type PhraseSample = {
  readonly text: string;
  readonly pageKind: PageKind;
  readonly channel?: Channel;
  readonly platform?: string;
};

function phraseFailures(proof: PhraseProof, samples: PhraseSamples): SampleFailure[] {
  const { id } = proof.rule;
  const failure = (text: string, expected: string, found: string) => ({ ruleId: id, expected, found, text });
  return [
    ...samples.hits.flatMap((sample) => {
      const hits = hitsOf(proof, sample).filter((hit) => hit.verdict === 'flag');
      const quotes = hits.map((hit) => (hit.about.kind === 'quote' ? hit.about.quote : ''));
      return quotes.includes(sample.quote)
        ? []
        : [failure(sample.text, `flag “${sample.quote}”`, said(hitsOf(proof, sample), quotes))];
    }),
    ...samples.misses.flatMap((sample) => {
      const hits = hitsOf(proof, sample);
      const reasons = hits.flatMap((hit) => hit.cues.filter((cue) => cue.weight < 0).map((cue) => cue.name));
      const isLeftAlone = strongest(hits) === 'drop' && reasons.includes(sample.why);
      return isLeftAlone ? [] : [failure(sample.text, `drop (${sample.why})`, said(hits, reasons))];
    }),
    ...samples.review.flatMap((sample) => {
      const hits = hitsOf(proof, sample);
      const found = strongest(hits);
      const isAsked = found === 'review' || (found === 'flag' && proof.pack.model !== null);
      return isAsked ? [] : [failure(sample.text, 'review', said(hits, []))];
    }),
  ];
}

function hitsOf({ rule, pack, asOf }: PhraseProof, sample: PhraseSample): Hit[] {
  const options = { asOf, channel: sample.channel ?? 'website', platformName: sample.platform ?? null } as const;
  return judgePage(readText(sample.text, { pageKind: sample.pageKind }), pack, options).filter(
    (hit) => hit.ruleId === rule.id,
  );
}

const ORDER: readonly Verdict[] = ['flag', 'review', 'drop'];

function strongest(hits: readonly Hit[]): Verdict | 'nothing' {
  return ORDER.find((verdict) => hits.some((hit) => hit.verdict === verdict)) ?? 'nothing';
}

const said = (hits: readonly Hit[], words: readonly string[]): string => [strongest(hits), ...words].join(' ');

interface AbsenceProof {
  readonly rule: VersionedRule;
  readonly checklist: Checklist;
  readonly asOf: string;
}

function absenceFailures(proof: AbsenceProof, samples: AbsenceSamples): SampleFailure[] {
  const judge = (states: Readonly<Record<string, DisclosureItemState>>) => strongest(absencesIn(proof, states));
  const wrong =
    (expected: Verdict | 'nothing') => (sample: { states: Readonly<Record<string, DisclosureItemState>> }) => {
      const found = judge(sample.states);
      return found === expected
        ? []
        : [{ ruleId: proof.rule.id, expected, found, text: JSON.stringify(sample.states) }];
    };
  return [
    ...samples.hits.flatMap(wrong(proof.rule.severity === 'S4' ? 'review' : 'flag')),
    ...samples.misses.flatMap(wrong('nothing')),
    ...samples.review.flatMap(wrong('review')),
  ];
}

function absencesIn(
  { rule, checklist, asOf }: AbsenceProof,
  states: Readonly<Record<string, DisclosureItemState>>,
): Hit[] {
  const search = [{ url: 'http://sample.example/', evidenceId: '00000000-0000-7000-8000-000000000000' as EvidenceId }];
  const given = Object.entries(states).map(([item, state]) => ({
    ...{ item, state, value: null, asOf: null, url: null, evidenceId: null, reason: null },
  }));
  return judgePlatformDisclosure({ states: given, checklist, rules: [rule], search, asOf, channel: 'website' });
}
