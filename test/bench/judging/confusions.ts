import { type Pair } from './judge-held';

function reasonsOf({ judged, ruleId }: Pair): string {
  const hit = judged.hits.find((it) => it.ruleId === ruleId);
  if (!hit) return 'no trigger';
  const cues = hit.cues.map(({ name, weight, quote }) => `${name} ${weight}${quote === null ? '' : `“${quote}”`}`);
  return `${hit.score} ${cues.join('; ')}`;
}

function entry(pair: Pair, found: string): string {
  const { held } = pair.judged;
  return `[${held.id} ${held.kind} ${held.channel}/${held.pageKind}] ${held.text}\n    labelled ${held.labels.join(', ') || 'nothing'}; ${found} ${pair.ruleId}: ${reasonsOf(pair)}\n`;
}

/** What a person reads to see where judging goes wrong: wrong flags first, then hits not found, then hits only asked. */
export function confusionList(pairs: readonly Pair[]): string {
  const wrong = pairs.filter(({ verdict, isTrue }) => verdict === 'flag' && !isTrue);
  const missed = pairs.filter(({ verdict, isTrue }) => isTrue && (verdict === 'nothing' || verdict === 'drop'));
  const asked = pairs.filter(({ verdict, isTrue }) => isTrue && verdict === 'review');
  const part = (title: string, list: readonly Pair[], found: string): string =>
    `== ${title}: ${String(list.length)}\n${list.map((pair) => entry(pair, found)).join('')}\n`;
  return part('wrong flags', wrong, 'flagged') + part('not found', missed, 'not found') + part('asked', asked, 'asked');
}
