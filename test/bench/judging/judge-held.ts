import { judgePage, type RulePack } from '#classifiers/engine';
import { readText } from '#classifiers/extraction';
import { type Hit, type Verdict } from '#libs/domain';
import { type HeldText } from './held-text';

/** A day on which every rule of the catalogue applies. */
const AS_OF = '2018-09-01';

/** One held text as it was judged. */
export interface JudgedText {
  readonly held: HeldText;
  readonly hits: readonly Hit[];
  /** Rule id -> the strongest verdict; rules that saw nothing are not in it. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
}

/** One rule held against one text, the open questions left out. */
export interface Pair {
  readonly judged: JudgedText;
  readonly ruleId: string;
  readonly isTrue: boolean;
  readonly verdict: Verdict | 'nothing';
  readonly score: number;
}

const RANK: Readonly<Record<Verdict, number>> = { flag: 2, review: 1, drop: 0 };

/** Judges a held text as a page would be. */
export function judgeHeld(held: HeldText, pack: RulePack): JudgedText {
  const hits = judgePage(readText(held.text, { pageKind: held.pageKind }), pack, {
    asOf: AS_OF,
    channel: held.channel,
  });
  const verdicts = new Map<string, Verdict>();
  for (const { ruleId, verdict } of hits) {
    const known = verdicts.get(ruleId);
    if (known === undefined || RANK[verdict] > RANK[known]) verdicts.set(ruleId, verdict);
  }
  return { held, hits, verdicts };
}

/** What each rule of a list said of each text; rules the text is open about are left out. */
export function pairsOf(judged: readonly JudgedText[], ruleIds: readonly string[]): Pair[] {
  return judged.flatMap((one) =>
    ruleIds
      .filter((ruleId) => !one.held.debatable.includes(ruleId))
      .map((ruleId): Pair => {
        const scores = one.hits.filter((hit) => hit.ruleId === ruleId).map(({ score }) => score);
        return {
          judged: one,
          ruleId,
          isTrue: one.held.labels.includes(ruleId),
          verdict: one.verdicts.get(ruleId) ?? 'nothing',
          score: Math.max(0, ...scores),
        };
      }),
  );
}
