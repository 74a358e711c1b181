/** What values look like. */
export const VALUE_KINDS = [
  'text',
  'figure',
  'day',
  'uscc',
  'telecom',
  'psb',
  'phone',
  'email',
  'address',
  'report',
] as const;

export type ValueKind = (typeof VALUE_KINDS)[number];

const SHAPES: Readonly<Record<Exclude<ValueKind, 'text'>, RegExp>> = {
  figure: /[0-9零一二三四五六七八九十百千万亿]|无|免费/,
  day: /(?:19|20)\d{2}|长期|永久|不约定/,
  uscc: /[0-9A-Z]{15,18}/,
  // 浙ICP备 is the record of a site, not the licence to do business with it.
  telecom: /ICP证|[A-Z]\d(?:\.[A-Z]\d)*-\d{6,}|许可证|尚未|未取得|未办理/i,
  psb: /公网安备|\d{14}|网安/,
  phone: /\d{3,4}[-—\s]?\d{3,}|\d{7,}/,
  email: /[\w.+-]+@[\w-]+\.[\w.-]+/,
  address: /.{4,}/,
  report: /报告|意见|审计|测评|见|20\d{2}/,
};

/** Says whether a value can answer a label of a kind. Not whether it is true. */
export function fits(kind: ValueKind, value: string): boolean {
  return kind === 'text' || SHAPES[kind].test(value);
}

const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const USCC_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** Says whether 18 characters are a unified social credit code with the right check character. — GB 32100-2015 */
export function isUscc(code: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return false;
  const sum = USCC_WEIGHTS.reduce((total, weight, i) => total + weight * USCC_ALPHABET.indexOf(code[i] ?? ''), 0);
  return USCC_ALPHABET[(31 - (sum % 31)) % 31] === code[17];
}
