/** Prints how fast text is folded and searched for 100, 1,000 and 10,000 words: `node dist/test/bench/find-words.bench.js`. */
import { fold, TermMatcher, viewOf } from '#classifiers/text';

const SYLLABLES = [
  ...'风险备付金校园贷款本息保障出借首付分期到店签约逾期垫付征信额度利率公告项目期限借款人平台用户资金存管银行合同信息披露的是在有和不为',
];

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function word(next: () => number, length: number): string {
  return Array.from({ length }, () => SYLLABLES[Math.floor(next() * SYLLABLES.length)]).join('');
}

/** Best of five, in megabytes of UTF-8 a second. */
function megabytesPerSecond(text: string, work: (text: string) => unknown): string {
  const bytes = Buffer.byteLength(text);
  let best = Infinity;
  for (let round = 0; round < 5; round += 1) {
    const startedAt = performance.now();
    work(text);
    best = Math.min(best, performance.now() - startedAt);
  }
  return (bytes / 1e3 / best).toFixed(0).padStart(6);
}

const next = randomFrom(57);
const text = Array.from({ length: 20_000 }, () => `${word(next, 12)}，${word(next, 18)}。`).join('');
const write = (line: string): boolean => process.stdout.write(`${line}\n`);
fold('');
write(`text of ${(Buffer.byteLength(text) / 1e6).toFixed(1)} MB; MB/s, best of 5`);
write(`fold with map      ${megabytesPerSecond(text, fold)}`);
write(`whole view         ${megabytesPerSecond(text, viewOf)}`);
for (const count of [100, 1000, 10_000]) {
  const matcher = new TermMatcher(Array.from({ length: count }, () => word(next, 4)));
  write(`find ${String(count).padStart(6)} words  ${megabytesPerSecond(text, (it) => matcher.find(it))}`);
}
