import { after, before, type Stretch } from './figure-text';
import { NUMBER, numberOf } from './numerals';
import { periodOf, type Period } from './periods';

/** What a sum of money is in the telling of a loan; `plain` when no word says it. */
export type Role = 'owed' | 'handed-out' | 'received' | 'repaid' | 'fee' | 'penalty' | 'plain';

/** A sum of money in a text with the part it plays. */
export interface Sum extends Stretch {
  /** Of a range the higher one. */
  readonly yuan: number;
  /** Of a range the lower one, otherwise the same. */
  readonly lowYuan: number;
  readonly role: Role;
  /** Paid again and again: 每期还1,020元, 39元/周. */
  readonly every: Period | null;
  /** Taken before or when the money arrives. */
  readonly isUpfront: boolean;
}

const SUM = new RegExp(
  `([¥￥]\\s?)?(?:(${NUMBER})(?:元|块)?[-~～—至])?(${NUMBER})(?!(?<=[一二两三四五六七八九])(?:个月|个星期|[天周年]|期限))(?:多|余)?\\s?(元|块钱?|圆|w(?![a-z0-9]))?`,
  'g',
);
/** What makes a bare number a count of something else. */
const OTHER_UNIT =
  /^\s?(?:[%％‰.:：/a-z+\-–]|[之成折厘]|分(?!期|[0-9一二三四五六七八九十])|[人户名家个位笔次天日期年月号岁倍里米克平亩吨台辆套栋层度所张件篇条项字周季页款]|多[家人户名个]|余[家人户名个所]|小时|秒|公里|工作)/;
const OTHER_BEFORE = /[a-z0-9.,\-–#第年月]$|[0-9][:：]$|百分$|(?:编号|电话|热线|id)[:：]?\s?$/;
const MIN_BARE = 100;
const MAX_BARE = 9_999_999;

/** A small sum counts as one right after a word of paying: 每周付八十. */
function isPaid(number: string, left: string, right: string): boolean {
  const isEnd = /^(?:[，。；|]|$)/.test(right);
  return (
    isEnd && numberOf(number) >= 10 && number.length >= 2 && /(?:付|还|交|收|息|费|给|加)(?:才|只|你|我)?$/.test(left)
  );
}

/** Digits that are a sum without a unit: with a scale, or three and more of them that are no year. */
function isBareNumber(digits: string): boolean {
  if (/[万亿千百]$/.test(digits)) return true;
  const isYear = /^(?:199[0-9]|20[1-3][0-9])$/.test(digits);
  return !isYear && /^[0-9,]{3,}(?:\.[0-9]{1,2})?$/.test(digits) && numberOf(digits) <= MAX_BARE;
}

function isBareSum(number: string, left: string, right: string): boolean {
  if (isPaid(number, left, right)) return true;
  if (!(numberOf(number) >= MIN_BARE) || OTHER_UNIT.test(right) || OTHER_BEFORE.test(left)) return false;
  if (/^[0-9]/.test(number)) return isBareNumber(number);
  return number.length >= 2 && /[百千万佰仟]/.test(number) && !/^[百千万亿]/.test(number);
}

const LABEL =
  /(?<repaid>还(?!卡|信用卡)款?|赎回|带上|给我们|再给|[天日周月期]给|付清)|(?<received>到账|到手|实得|实到|实收|实发|实拿|实放|实际放|净得|到卡|卡里|收到|拿到|打到|打款|拨款|转账记录|入账|到$)|(?<fee>费|利息|成本|扣|押金|保证金|诚意金|会员|[礼员障益月]品?卡|商品|购买|下单|转回|打回|抽走|留下|头息|差额|息)|(?<owed>借款?(?!条|据|呗)|贷(?!后)|申请|合同|签|写|本金|批|提现|额度|金额|(?<!价)值|估价)|(?<handed>发放|拿|下款|放款)/g;

interface Found {
  readonly role: Role;
  readonly distance: number;
}

function roleIn(match: RegExpMatchArray): Role {
  const name = Object.entries(match.groups ?? {}).find(([, words]) => words !== undefined)?.[0];
  return name === 'handed' ? 'handed-out' : ((name as Role | undefined) ?? 'plain');
}

function labelOf(left: string, right: string): Role {
  const last = [...left.matchAll(LABEL)].at(-1);
  // A 到 that ends the stretch belongs to the sum before it only: 借1000到850.
  const next = [...`${right}。`.matchAll(LABEL)].at(0);
  const labels: Found[] = [];
  if (last) labels.push({ role: roleIn(last), distance: left.length - last.index - last[0].length });
  if (next) labels.push({ role: roleIn(next), distance: next.index });
  const [first, second] = labels;
  if (!first) return 'plain';
  return second && second.distance < first.distance ? second.role : first.role;
}

const EVERY =
  /(?:每|按|逐)(天|日|周|星期|个?月|期)|一(天|日|周|星期|个?月|期)(?![后内])(?=[^还]{0,6}$)|(?<![0-9个本当上下首])(月|周|日|期)(?:还|供|付|息|租|费|均)/g;
const EVERY_AFTER =
  /^\/?\s?(天|日|周|星期|个?月|期)(?!后|内|起|到|息|费|供|利)|^每(天|日|周|月|期)(?![^，。|]*[0-9一二三四五六七八九十])/;
/** What is charged for: 每万元每日30元, 1元/千元. */
const BASE = /(?:每借?|\/)$/;
const UPFRONT =
  /扣|放款[时前后]|[出下批]款[时前]|到[账手卡]前|先(?!息)|前期|转回|打回|收取后|预[收付]|购买|下单|开通|留存|扣留|当场|一次性收/;

function everyOf(left: string, right: string): Period | null {
  const match = [...left.matchAll(EVERY)].at(-1);
  const next = EVERY_AFTER.exec(right);
  const words = [match?.[1], match?.[2], match?.[3], next?.[1], next?.[2]];
  return periodOf(words.find((word) => word !== undefined) ?? '');
}

function roleOf(left: string, ownLeft: string, ownRight: string): Role {
  if (/逾期|违约|滞纳|催收|罚/.test(ownLeft)) return 'penalty';
  return BASE.test(left) ? 'owed' : labelOf(left, ownRight);
}

/** Where the words of the next figure begin: 千元日息5元. */
const FIGURE = /[0-9一二两三四五六七八九十百千万]|[日月周]息|[日月周]费|每|按/;
const REACH = 18;
const clauseBefore = (text: string): string =>
  text.slice(Math.max(...['，', ',', '|'].map((it) => text.lastIndexOf(it))) + 1);
const clauseAfter = (text: string): string => text.split(/[，,|]/, 1)[0] ?? '';

/** The lower end of a range: the 1 of 1-20万元 counts in ten thousands as well. */
function lowOf(low: string | undefined, yuan: number): number {
  if (low === undefined) return yuan;
  const value = numberOf(low);
  return Math.min(value < 100 && yuan >= 10_000 ? value * 10_000 : value, yuan) || yuan;
}

/** The value of a match in yuan; 0 when it is no money. */
function yuanOf([, sign, , number = '', unit = '']: RegExpMatchArray, left: string, right: string): number {
  const isMoney = unit !== '' || sign !== undefined || isBareSum(number, left, right);
  const yuan = numberOf(number) * (unit.startsWith('w') ? 10_000 : 1);
  // One lump of something is no yuan: 一块砖.
  return !isMoney || (unit === '块' && yuan < 5) ? 0 : yuan;
}

/** The next sum, as far as its own words go. */
function sumAt(text: string, match: RegExpMatchArray & { index: number }, from: number): Sum | null {
  const end = match.index + match[0].trimEnd().length;
  const left = before(text, match.index, REACH, from);
  const right = after(text, end, REACH);
  const yuan = yuanOf(match, text.slice(Math.max(0, match.index - 6), match.index), right);
  if (!(yuan > 0)) return null;
  const [ownLeft, ownRight] = [clauseBefore(left), clauseAfter(right.split(FIGURE, 1)[0] ?? '')];
  return {
    ...{ start: match.index, end, yuan, lowYuan: lowOf(match[2], yuan) },
    role: roleOf(left.trimEnd(), ownLeft, ownRight),
    every: everyOf(ownLeft, right),
    isUpfront: UPFRONT.test(ownLeft) || UPFRONT.test(ownRight),
  };
}

/** Every sum of money that a folded text names, in order. */
export function sumsIn(text: string): Sum[] {
  const found: Sum[] = [];
  for (const match of text.matchAll(SUM)) {
    const sum = sumAt(text, match, found.at(-1)?.end ?? 0);
    if (sum !== null) found.push(sum);
  }
  return found;
}
