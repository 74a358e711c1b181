import { requiredMonthEnd, requiredReportYear } from '#classifiers/disclosure';
import { after, before, withoutTags, type Stretch } from './figure-text';
import { timesIn, type NamedTime } from './days';

/** Figures of a platform that are older than they may be on a day. */
export interface StaleDate extends Stretch {
  /** In Chinese, for people to check. */
  readonly steps: string;
}

const DATA_BEFORE =
  /(?:截[至止](?!时间)(?:日期|时间|到|至|于)?|统计(?:时点|截止|日期|时间|口径)|数据(?:更新|日期|时间|截[至止]|期间|统计)[^，。；|]{0,4}|(?:最[后近新]|上次)?更新(?:时间|日期|于|至|到)?|最[新近](?:一期|数据|月报)|上次披露|最近披露|(?:运营报告|运营月报|月报|运营数据|信息披露报告|经营数据)[（(\s：:]{0,2}|最新(?=[：:])|报告期|期末|数据月份|截止时点)[^0-9，。；|]{0,8}$/;
const DATA_AFTER =
  /^[^，。；|]{0,6}(?:运营数据|月报|季报|运营报告|运营月报|经营数据|平台数据|数据|信披报告|[）)]?为?最[新近]一期)/;
const REPORT_AFTER = /^[^，。；|]{0,6}(?:审计报告|审计意见|合规报告|年度?报告|年报)/;
const REPORT_BEFORE = /(?:审计报告|年报|年度报告|合规报告|财务报告)[^，。；|]{0,6}$/;
const SEEN_BEFORE = /(?:访问|查看|浏览|打开|当前|今[日天]|现在|抓取)[^，。；|]{0,6}$/;
const SEEN_AFTER = /^[^，。；|（(]{0,6}(?:访问|查看|打开|浏览|页面|所见|看到|仍[为显未是])/;
const PUBLISHED_BEFORE = /(?<!上次|最近)(?:披露日|披露时间|发布|公布|上线|披露于|公告日)[^，。；|]{0,6}$/;
const PUBLISHED_AFTER = /^[^，。；|]{0,4}(?:上线|发布|披露|公布)/;
const NO_DATA =
  /(?:版本|客户端|更新说明|规则|协议|制度|条款|活动|募集|报名|兑换|有效期|优惠|领取|注册资[本金]|成立)[^，。；|]{0,8}$/;

type Part = 'data' | 'report' | 'seen' | 'published' | 'other';

/** What a named time is in a line about figures; what stands nearest before it decides first. */
function partOf(text: string, time: NamedTime): Part {
  const left = before(text, time.start, 20);
  const right = after(text, time.end, 14);
  const tests: readonly (readonly [Part, boolean])[] = [
    ['other', NO_DATA.test(left)],
    ['seen', SEEN_BEFORE.test(left) || SEEN_AFTER.test(right)],
    ['published', (PUBLISHED_BEFORE.test(left) || PUBLISHED_AFTER.test(right)) && !DATA_BEFORE.test(left)],
    ['report', REPORT_BEFORE.test(left) || (time.precision === 'year' && REPORT_AFTER.test(right))],
    ['data', DATA_BEFORE.test(left) || DATA_AFTER.test(right)],
  ];
  return tests.find(([, holds]) => holds)?.[0] ?? 'other';
}

/** A bare day in brackets at the end of a line is the day on which the page was seen. */
function isClosing(text: string, time: NamedTime): boolean {
  return /[（(]$/.test(text.slice(0, time.start)) && /^\s?[）)]\s*$/.test(text.slice(time.end));
}

const LEAST_SEEN = '2016-08-24';

/** The day by which the figures must be judged: that of the page as the text tells it, never after the given one. */
function referenceOf(text: string, times: readonly (NamedTime & { part: Part })[], asOf: string): string {
  const seen = times.find((time) => time.part === 'seen' || isClosing(text, time));
  const day = seen?.lastDay ?? asOf;
  return day >= LEAST_SEEN && day < asOf ? day : asOf;
}

function staleReport(time: NamedTime, seenOn: string): StaleDate[] {
  const year = Number(time.firstDay.slice(0, 4));
  const required = requiredReportYear(seenOn);
  if (year >= required) return [];
  const steps = `报告年度${year}；${seenOn}时应已披露${required}年度（信息披露指引第七条）`;
  return [{ start: time.start, end: time.end, steps }];
}

/**
 * The days and months in a folded text that say how old a platform's figures are, where they are older than the month
 * end that must stand there. A line that also says when it was published, in time, is a record and not stale; working
 * days are counted without a holiday calendar, with grace. — 银监办发[2017]113号, articles 7 and 8
 *
 * @param asOf Day on which the page was seen, `YYYY-MM-DD`; a day of viewing told in the text comes before it.
 */
export function staleDatesIn(text: string, asOf: string): StaleDate[] {
  const clean = withoutTags(text);
  if (!/截|更新|数据|报告|[月季年]报|最新|统计|期末|审计|披露/.test(clean)) return [];
  const times = timesIn(clean, asOf).map((time) => ({ ...time, part: partOf(clean, time) }));
  const seenOn = referenceOf(clean, times, asOf);
  const required = requiredMonthEnd(seenOn, {});
  return times.flatMap((time): StaleDate[] => {
    if (time.part === 'report') return staleReport(time, seenOn);
    if (time.part !== 'data' || isClosing(clean, time) || time.lastDay >= required) return [];
    const isRecord = times.some(
      (it) => it.part === 'published' && it.lastDay >= time.lastDay && requiredMonthEnd(it.lastDay, {}) <= time.lastDay,
    );
    if (isRecord) return [];
    const steps = `数据时点${time.lastDay}；${seenOn}时应已更新至${required}（信息披露指引第八条）`;
    return [{ start: time.start, end: time.end, steps }];
  });
}
