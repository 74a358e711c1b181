import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Channel, type Hit, type PageKind } from '#libs/domain';
import { judgePage, loadPack, type PhraseRule, type PhraseSamples, type RulePack } from '#classifiers/engine';
import { readText } from '#classifiers/extraction';

/** A day on which every rule of the catalogue applies. */
const AS_OF = '2018-09-01';

interface Sample {
  readonly text: string;
  readonly pageKind: PageKind;
  readonly channel?: Channel | undefined;
  readonly platform?: string | undefined;
}

function hitsOf(rule: PhraseRule, sample: Sample, pack: RulePack): Hit[] {
  const options = { asOf: AS_OF, channel: sample.channel ?? 'website', platformName: sample.platform ?? null } as const;
  const hits = judgePage(readText(sample.text, { pageKind: sample.pageKind }), pack, options);
  return hits.filter((hit) => hit.ruleId === rule.id);
}

const strongest = (hits: readonly Hit[]): string =>
  ['flag', 'review', 'drop'].find((verdict) => hits.some((hit) => hit.verdict === verdict)) ?? 'nothing';

function quotesOf(hits: readonly Hit[]): string[] {
  return hits.flatMap((hit) => (hit.about.kind === 'quote' && hit.verdict === 'flag' ? [hit.about.quote] : []));
}

const packs = readdirSync(__dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());

describe.each(packs.map(({ name }) => name))('rule pack %s', (name) => {
  const pack = loadPack(join(__dirname, name));
  const rules = pack.rules.filter((rule) => rule.detector === 'phrase');

  it('is named like its directory', () => {
    expect(pack.name).toBe(name);
  });

  describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
    const samples = pack.samples.get(id) as PhraseSamples;

    it('rests on a legal basis that was in force when the rule began', () => {
      expect(rule.legal.some(({ effectiveFrom }) => effectiveFrom <= rule.validFrom)).toBe(true);
    });

    for (const sample of samples.hits) {
      it(`flags: ${sample.text}`, () => {
        const hits = hitsOf(rule, sample, pack);
        expect(strongest(hits)).toBe('flag');
        expect(quotesOf(hits)).toContain(sample.quote);
      });
    }

    for (const sample of samples.misses) {
      it(`leaves alone: ${sample.text}`, () => {
        const hits = hitsOf(rule, sample, pack);
        expect(strongest(hits)).toBe('drop');
        const reasons = hits.flatMap(({ cues }) => cues.filter(({ weight }) => weight < 0).map((cue) => cue.name));
        expect(reasons).toContain(sample.why);
      });
    }

    for (const sample of samples.review) {
      it(`hands to a person: ${sample.text}`, () => {
        // A model may be surer than who wrote the sample; a lead never accuses.
        const asked = pack.model && rule.severity !== 'S4' ? ['review', 'flag'] : ['review'];
        expect(asked).toContain(strongest(hitsOf(rule, sample, pack)));
      });
    }

    it('says nothing on the day before it began to apply', () => {
      const before = new Date(`${rule.validFrom}T00:00:00Z`);
      before.setUTCDate(before.getUTCDate() - 1);
      const asOf = before.toISOString().slice(0, 10);
      const texts = [...samples.hits, ...samples.review];
      const hits = texts.flatMap((sample) =>
        judgePage(readText(sample.text, { pageKind: sample.pageKind }), pack, {
          asOf,
          channel: sample.channel ?? 'website',
        }),
      );
      expect(hits.filter((hit) => hit.ruleId === id)).toEqual([]);
    });
  });
});
