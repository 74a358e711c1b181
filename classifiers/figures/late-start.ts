import { after, before, withoutTags, type Stretch } from './figure-text';
import { daysBefore, timesIn, type NamedTime } from './days';
import { NUMBER, numberOf, numberOfEither } from './numerals';

/** A beginning after the day from which on new platforms are not filed. */
export interface LateStart extends Stretch {
  readonly steps: string;
}

/** The interim measures took effect; what was founded later is not filed. — 网贷整治办函(2017)57号, part 二(三)1 */
export const MEASURES_IN_FORCE = '2016-08-24';

const BEGINS =
  '成立|创立|创办|创建|诞生|上线|开放|首标|首个标|首个项目|首笔|开业|起航|启航|面世|设立|启动|问世|注册成立|注册于|注册时间|注册日期|工商注册|设立日期|正式运营|对外运营|上线运营|投入运营|开始运营|独立|出生|试运营|公测|登场|亮相|开通';
const HAS_START = new RegExp(`${BEGINS}|运营|运行|陪伴|周[年岁]|生日`);
const OWN_BIRTHDAY =
  /(?:平台|网站|我们|公司)?(?:上线|成立|运营|开业)[^，。；]{0,6}(?:周年|满|岁)|生日|周年庆|周岁(?=[^0-9]{0,4}(?:啦|了|庆|快乐))/;
/** Fewer days than these are told of systems, not of platforms. */
const MIN_RUNNING_DAYS = 30;
const MAX_RUNNING_DAYS = 10_000;
const BEGINS_AFTER = new RegExp(`^[^。；|]{0,14}(?:${BEGINS})`);
const BEGINS_BEFORE = new RegExp(`(?:${BEGINS}|运营起始)(?:日期|时间|发布|于|日|在)?[^，。；]{0,3}$`);
/** What begins is not the platform. */
const OTHER =
  /借款(?:企业|人|公司|方)|融资方|新版|版本|app|客户端|栏目|专栏|子品牌|分公司|分支|担保公司|存管(?:系统|业务|银行)?(?:正式)?上线|上线存管|功能|迁址|迁入|更名|改版|系统升级|活动|新品|标的|项目上线|公众号|热线|服务号|党支部|工会|年会|报告|栏|新项目|新标|加息|月报|季报|数据|审计|开放(?:出借|认购|募集|投标)|系统/;
/** What is told in the same breath as the custodian bank begins with it. */
const CUSTODY = /(?:存管|银行|农商行|农信社|全量业务)[^。]{0,36}$/;
const RUNNING = new RegExp(
  `(?:安全|稳健|稳定|平稳|已|累计)?(?:运营|运行|上线|成立|陪伴)(?:时间|时长|天数)?[^0-9一二三四五六七八九十半，。；：还]{0,5}[：:]?\\s?(?:0年)?(${NUMBER}|半)\\s?(?:(天)|个?(月)(?!份)|(年)(?![0-9度末底初前]))`,
  'g',
);
const BIRTHDAY = new RegExp(`(?<![0-9.,])(?:(${NUMBER})周(?:岁|年)|满(${NUMBER})(?:周?岁|年)|(${NUMBER})岁生日)`, 'g');
const REACH = 20;

function lateBy(day: string): string {
  return `起始日${day}晚于${MEASURES_IN_FORCE}（网贷整治办函〔2017〕57号二（三）1）`;
}

/** A beginning so many days before the day of reference; none when that is not late, or no age of a platform. */
function startBefore(match: RegExpMatchArray & { index: number }, days: number, reference: string): LateStart[] {
  if (!(days >= MIN_RUNNING_DAYS && days <= MAX_RUNNING_DAYS)) return [];
  const day = daysBefore(reference, Math.round(days));
  if (day <= MEASURES_IN_FORCE) return [];
  const steps = `${reference}往前${Math.round(days)}天；${lateBy(day)}`;
  return [{ start: match.index, end: match.index + match[0].length, steps }];
}

/** The days of an age told in days, months or years: 398天, 8个月, 半年. */
function ageOf([, number = '', day, month]: RegExpMatchArray): number {
  const count = number === '半' ? 0.5 : numberOf(number);
  if (day !== undefined) return count;
  return count * (month === undefined ? 365 : 30.4);
}

/** Late in the year of the measures: 2016年国庆. */
const LATE_IN_YEAR = /^(?:国庆|中秋|双十一|双11|年底|年末|岁末|圣诞|冬|秋|下半年最后|四季度)/;

function isLate(text: string, { firstDay, end, precision }: NamedTime): boolean {
  if (firstDay > MEASURES_IN_FORCE) return true;
  return precision === 'year' && firstDay.startsWith('2016') && LATE_IN_YEAR.test(text.slice(end, end + 6));
}

/** Beginnings counted back from the day of reference: 已运营398天, 上线一周年. */
function countedBack(text: string, reference: string): LateStart[] {
  const running = [...text.matchAll(RUNNING)]
    .filter(({ index }) => !OTHER.test(text.slice(Math.max(0, index - 12), index)))
    .flatMap((match) => startBefore(match, ageOf(match), reference));
  if (!OWN_BIRTHDAY.test(text)) return running;
  const birthdays = [...text.matchAll(BIRTHDAY)].flatMap((match) =>
    startBefore(match, numberOfEither(match[1], match[2], match[3]) * 365, reference),
  );
  return [...running, ...birthdays];
}

/**
 * Beginnings of a platform that a folded text names or counts and that lie after 2016-08-24, with the day.
 *
 * @param asOf Day on which the text was shown, `YYYY-MM-DD`; a day that the text names beside a count comes before it.
 */
export function lateStartsIn(text: string, asOf: string): LateStart[] {
  const clean = withoutTags(text);
  if (!HAS_START.test(clean)) return [];
  const times = timesIn(clean, asOf);
  const named = times.filter((time) => {
    const { firstDay, start, end } = time;
    if (!isLate(clean, time) || firstDay > asOf) return false;
    const left = before(clean, start, REACH);
    const right = after(clean, end, REACH);
    const isStart = BEGINS_AFTER.test(right) || BEGINS_BEFORE.test(left);
    const isCustody = CUSTODY.test(clean.slice(Math.max(0, start - 40), start));
    return isStart && !isCustody && !OTHER.test(left.slice(-12)) && !OTHER.test(right.slice(0, 14));
  });
  const reference = times.find(({ precision, lastDay }) => precision !== 'year' && lastDay <= asOf)?.lastDay ?? asOf;
  const starts = named.map(({ start, end, firstDay }) => ({ start, end, steps: lateBy(firstDay) }));
  return [...starts, ...countedBack(clean, reference)];
}
