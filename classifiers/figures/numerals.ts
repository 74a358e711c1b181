const UNIT: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  半: 0.5,
  ...{ 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 },
  ...{ 壹: 1, 贰: 2, 叁: 3, 肆: 4, 伍: 5, 陆: 6, 柒: 7, 捌: 8, 玖: 9 },
};
const SCALE: Readonly<Record<string, number>> = {
  ...{ 十: 10, 百: 100, 千: 1000, 万: 10_000, 亿: 100_000_000 },
  ...{ 拾: 10, 佰: 100, 仟: 1000, w: 10_000, k: 1000 },
};

const DIGITS = '[0-9]{1,3}(?:,[0-9]{3})+(?:\\.[0-9]+)?|[0-9]+(?:\\.[0-9]+)?';
const WORDS = '[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]{1,12}';

/**
 * Source of a regular expression for a number on folded text: 1,500 · 1.5万 · 20万 · 三千五 · 十二. Bounded, without
 * groups that capture.
 */
export const NUMBER = `(?:(?:${DIGITS})(?:千万|百万|十万|万|亿|千|百)?|${WORDS})`;

/** What has been read of number words: full sections of ten thousand, the section under way, a digit without its scale. */
interface Counted {
  readonly total: number;
  readonly section: number;
  readonly digit: number | null;
  /** What a last digit without a scale counts: the 五 of 三千五 is five hundred. */
  readonly tail: number;
}

function withUnit(counted: Counted, unit: number): Counted {
  return unit === 0 ? { ...counted, tail: 1 } : { ...counted, digit: unit };
}

function withScale({ total, section, digit }: Counted, scale: number): Counted {
  if (scale < 10_000) return { total, section: section + (digit ?? 1) * scale, digit: null, tail: scale / 10 };
  return { total: (total + section + (digit ?? 0) || 1) * scale, section: 0, digit: null, tail: scale / 10 };
}

/** The value of number words: 三千五 is 3500, 一百零五 is 105, 十五 is 15; NaN when they are none. */
function valueOfWords(words: string): number {
  let counted: Counted = { total: 0, section: 0, digit: null, tail: 1 };
  for (const word of words) {
    const unit = UNIT[word];
    const scale = SCALE[word];
    if (unit !== undefined) counted = withUnit(counted, unit);
    else if (scale !== undefined) counted = withScale(counted, scale);
    else return Number.NaN;
  }
  return counted.total + counted.section + (counted.digit ?? 0) * counted.tail;
}

/**
 * The value of a number as {@link NUMBER} finds it: digits with or without a scale (1.5万), or words (三千五).
 *
 * @returns NaN when the text is no number.
 */
export function numberOf(text: string): number {
  const match = /^([0-9][0-9,]*(?:\.[0-9]+)?)([十百千万亿]*)$/.exec(text);
  if (!match) return text === '' ? Number.NaN : valueOfWords(text);
  const digits = Number((match[1] ?? '').replaceAll(',', ''));
  return [...(match[2] ?? '')].reduce((value, scale) => value * (SCALE[scale] ?? 1), digits);
}

/** A number for people to read: at most four digits after the point, sums of ten thousand and more with 万. */
export function written(value: number): string {
  const isLarge = Math.abs(value) >= 10_000 && value % 100 === 0;
  const rounded = Math.round((isLarge ? value / 10_000 : value) * 1e4) / 1e4;
  return isLarge ? `${rounded}万` : String(rounded);
}

/** The number of the first text that is given, NaN when none is: for the alternatives of a pattern. */
export function numberOfEither(...texts: readonly (string | undefined)[]): number {
  return numberOf(texts.find((text) => text !== undefined) ?? '');
}
