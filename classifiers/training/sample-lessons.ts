import { type PhraseSamples, type RulePack } from '#classifiers/engine';
import { type Lesson } from './lesson';

/** Rule samples as lessons: each teaches of its own rule, and whether it is an offer; of other rules it teaches nothing. */
export function sampleLessons(pack: RulePack): Lesson[] {
  const ids = pack.rules.filter((rule) => rule.detector === 'phrase').map(({ id }) => id);
  return pack.rules.flatMap((rule): Lesson[] => {
    if (rule.detector !== 'phrase') return [];
    const samples = pack.samples.get(rule.id) as PhraseSamples;
    const others = ids.filter((id) => id !== rule.id);
    const lesson = (name: string, sample: Sample, labels: string[]): Lesson => ({
      id: `sample:${rule.id}:${name}`,
      text: sample.text,
      labels,
      near: labels.length === 0 ? [rule.id] : [],
      debatable: others,
      kind: labels.length === 0 ? 'sample-miss' : 'sample-hit',
      channel: sample.channel ?? 'website',
      pageKind: sample.pageKind,
      implicit: false,
      isApart: false,
    });
    const proofs = rule.severity === 'S4' ? samples.review : samples.hits;
    return [
      ...proofs.map((sample, i) => lesson(`hit-${i}`, sample, [rule.id])),
      ...samples.misses.map((sample, i) => lesson(`miss-${i}`, sample, [])),
    ];
  });
}

type Sample = PhraseSamples['review'][number];
