/** Syllables of the characters that strong words of rules are made of; tones are left out. */
const SYLLABLES =
  '备bei付fu金jin风feng险xian准zhun校xiao园yuan贷dai学xue生sheng现xian砍kan头tou息xi门men店dian到dao有you礼li理li财cai大da首shou保bao本ben借jie款kuan顾gu问wen质zhi专zhuan黑hei户hu白bai条tiao零ling';

const syllableOf = new Map([...SYLLABLES.matchAll(/([^a-z])([a-z]+)/g)].map((m) => [m[1] ?? '', m[2] ?? '']));

/**
 * The ways of writing a word partly in pinyin: one character at a time, all but the first, and all. Characters without
 * a known syllable stay.
 */
export function pinyinForms(word: string): string[] {
  const characters = [...word];
  const syllables = characters.map((character) => syllableOf.get(character) ?? character);
  const forms = characters.map((_, i) => characters.map((c, j) => (i === j ? (syllables[j] ?? c) : c)).join(''));
  const tail = characters.map((c, j) => (j === 0 ? c : (syllables[j] ?? c))).join('');
  return [...new Set([...forms, tail, syllables.join('')])].filter((form) => form !== word);
}
