import { numberOf } from '#classifiers/figures';
import { FIGURE_CUES } from './figure-cues';
import { type StructuredCue } from './structured-cue';

const DIGITS = '(?:[0-9][0-9,.]{0,14}|[一二两三四五六七八九十百千几半数]{1,8})';

/** Patterns on folded text; each is linear, with bounded repeats. */
const PATTERNS: Readonly<Record<string, RegExp>> = {
  /** A sum of money. */
  amount: new RegExp(
    `[¥￥$]\\s?[0-9][0-9,.]*|${DIGITS}(?:多)?(?:万|千|百|亿)?(?:元|块|w(?![a-z])|余元|万|千(?![米克瓦])|百(?![分姓家城])|亿)|(?<![0-9.])[1-9][0-9]{2,4}(?:,000)?(?![0-9.%％年月号日./-]|[天期户人名个家位栋次])`,
    'g',
  ),
  /** A sum that is small for a loan: up to 9,999. */
  'small-amount':
    /(?<![0-9,.])[1-9][0-9]{2,3}(?![0-9,.%％万年天日]|[-/][0-9]{1,2}(?![0-9]))|(?<![0-9])[1-9],[05]00(?![0-9,])|[一二两三四五六七八九几](?:千|百)(?!分|[户家名人个多万])/g,
  /** A sum of millions and more, as a pool is counted. */
  'large-amount': new RegExp(
    `(?:${DIGITS}(?:多|余)?(?:千万|百万|亿|万)|亿级|千万级|[0-9]{1,3}(?:,[0-9]{3}){2,}(?:\\.[0-9]+)?|上亿|过亿|破亿)`,
    'g',
  ),
  /** A stretch of up to a month or so. */
  'short-term':
    /(?<![0-9年月.])(?:[1-9]|[12][0-9]|30)(?:\/[0-9]{1,2}|[-~至][0-9]{1,2})*\s?天(?!内|锁)|(?:一|二|两|三|七|九|十|十四|十五|半)(?:天)|[一两二三]周|一个月|半个?月|[1-4]周|七天|半月|当月还/g,
  /** Minutes or seconds. */
  speed: new RegExp(
    `${DIGITS}\\s?(?:分钟|分(?![之期享红级类店行公析])|秒钟?|刻钟)|秒(?:批|到|下|放|贷|过|审|拿)|极速|急速|闪(?:借|贷|电|到)|当[天日](?:放|到|拿|批|下|出)|即刻到|分秒`,
    'g',
  ),
  /** A rate per day, week or month, or a percentage. */
  rate: new RegExp(`${DIGITS}\\s?[%％‰]|日息|月息|周息|千分之|百分之|年化`, 'g'),
  percent: new RegExp(`${DIGITS}\\s?[%％‰]|百分之|[一二三四五六七八九]成`, 'g'),
  /** Less money arrives than is owed: 借1500 到账1200; the two sums are compared. */
  'short-paid':
    /(?:借款?|惜|签单?|合同|申请|本金|批款?|写)[^0-9一二三四五六七八九两，。]{0,4}([0-9][0-9,.]{1,7}|[一二三四五六七八九两][千万百][一二三四五六七八九]?)(?:元|块)?(?:[^。；]{0,16}?(?:到账|到手|到卡|实得|实到|实收|卡里)|[^0-9一二三四五六七八九两。]{0,6}(?:收到|拿到|[，\s]到|[，\s]得))[^0-9一二三四五六七八九两，。]{0,3}([0-9][0-9,.]{1,7}|[一二三四五六七八九两][千万百][一二三四五六七八九]?)/g,
  /** A clock or a calendar day on which something takes place. */
  when: /(?:本|每|这|上|下)?周[一二三四五六日末]|[0-9]{1,2}月[0-9]{1,2}[日号]|(?:上午|下午|晚上?)[0-9一二三四五六七八九十两]{1,3}点|[0-9]{1,2}:[0-9]{2}/g,
  /** A count of shops and the like. */
  outlets: new RegExp(
    `${DIGITS}(?:余|多)?\\s?(?:家|个|处|间|余家)(?:直营|线下|实体|社区)?(?:店铺|门店|网点|营业部|服务站|服务点|财富中心|体验店|体验中心|旗舰店|分部|站点|分店|服务网点)|[0-9]+店`,
    'g',
  ),
};

/** Less money arrives than is owed: the two sums are compared. */
function isShortPaid(match: RegExpMatchArray): boolean {
  const owed = numberOf(match[1] ?? '');
  const paid = numberOf(match[2] ?? '');
  return paid < owed && paid >= owed * 0.4;
}

function byPattern(name: string, pattern: RegExp): StructuredCue {
  return ({ repaired }) =>
    [...repaired.matchAll(pattern)]
      .filter((match) => name !== 'short-paid' || isShortPaid(match))
      .map(({ index, 0: words }) => ({ start: index, end: index + words.length, steps: null }));
}

/** Facts with a form rather than a wording, named `$amount`, `$over-ceiling`… in rules. */
export const STRUCTURED_CUES: Readonly<Record<string, StructuredCue>> = {
  ...Object.fromEntries(Object.entries(PATTERNS).map(([name, pattern]) => [name, byPattern(name, pattern)])),
  ...FIGURE_CUES,
};
