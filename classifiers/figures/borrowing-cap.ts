import { sentencesOf } from '#classifiers/text';
import { after, before, withoutTags, type Stretch } from './figure-text';
import { timesIn } from './days';
import { written } from './numerals';
import { sumsIn, type Sum } from './sums';

/** A listed loan above the cap of its borrower. */
export interface OverCap extends Stretch {
  readonly steps: string;
}

/** What one borrower may owe on one platform, in yuan. — 办法, article 17 */
export const CAPS = { person: 200_000, organisation: 1_000_000 } as const;
/** Loans from before the measures took effect stand under no cap. */
const CAPS_FROM = '2016-08-24';

const ORGANISATION = /企业|公司|集团|工厂|合作社|商贸|贸易|法人|机构借款|对公|供应链|厂(?!家直)|城投|学校|医院/;
const PERSON =
  /个人|自然人|借款人[:：|\s]{0,3}[一-龥][*x某]|借款人[一-龥*]{2,4}[，,|]|先生|女士|车主|业主|个体|农户|房主|上班族|身份证|[一-龥]\*{1,2}[，,|]/;
const LISTED =
  /(?:借款?|标的?|融资|募集|项目|申请|项目规模|贷款|本次|本期|单笔|单标|最高|额度|总额|金额|可[贷借融]|发标|标)[^，。；|]{0,10}$/;
const LISTED_AFTER = /^[^，。；|]{0,6}(?:以上|优质|标|借款|募集|贷款|起|额度|\||元)/;
const OTHER =
  /(?:评估|市值|估值|价值|价[:：]?|注册资|营业额|营收|收入|流水|产值|销售|资产|余额|保额|保单|累计|成交|(?:平台|管理|成交|交易|贷款)规模|待还|限额|上限|不超过|罚款|赔偿|已还|货款|合同额|订单|存货|车价|保证金|在其他|注资|投资|出借|收益|授信总|余|担保额|应收|税|工资|年薪|奖|实缴|资本金?|缴款|备付金|准备金)[^，。；|]{0,8}$/;
const SPLIT = /拆分|分[0-9一二三四五六七八九十两]+[个期]?标|同日上线/;

/** How far before and after a sentence the borrower may be told, as in a list of labels and values. */
const REACH = 60;

interface Borrower {
  readonly cap: number;
  readonly name: string;
}

/** Not told: only what exceeds both caps exceeds one for certain. */
const NOT_TOLD: Borrower = { cap: CAPS.organisation, name: '组织100万元、自然人20万元' };

function borrowerOf(text: string): Borrower | null {
  if (ORGANISATION.test(text)) return { cap: CAPS.organisation, name: '组织100万元' };
  return PERSON.test(text) ? { cap: CAPS.person, name: '自然人20万元' } : null;
}

function isListed(text: string, { start, end }: Stretch): boolean {
  const left = before(text, start, 16);
  const right = after(text, end, 10);
  if (OTHER.test(left) || /^[^，。；|]{0,4}(?:规模|余额|资产|营业|收入|限额|的限额|四条)/.test(right)) return false;
  return LISTED.test(left) || LISTED_AFTER.test(right) || /\|\s?$/.test(left);
}

/** 100万以上 begins where the cap ends; 100万 alone is still within it. */
function exceeds(text: string, { yuan, end }: Sum, cap: number): boolean {
  return yuan > cap || (yuan === cap && /^\s?元?(?:以上|起(?!投))/.test(text.slice(end)));
}

function isLegacy(text: string, asOf: string): boolean {
  return timesIn(text, asOf).some(({ lastDay }) => lastDay < CAPS_FROM);
}

/** Listed loans in a folded text above the cap of a person or an organisation, by what the text says of the borrower. */
export function overCapIn(text: string, asOf: string): OverCap[] {
  const clean = withoutTags(text);
  if (!/万|亿|[0-9],?[0-9]{3}/.test(clean)) return [];
  return sentencesOf(clean).flatMap(({ start, end }) => {
    const own = clean.slice(start, end);
    if (!/借款|标|融资|贷|募集|额度|[可能][借贷融]/.test(own) || isLegacy(own, asOf)) return [];
    const borrower = borrowerOf(own) ?? borrowerOf(clean.slice(Math.max(0, start - REACH), end + REACH)) ?? NOT_TOLD;
    return sumsIn(own)
      .filter((sum) => exceeds(own, sum, borrower.cap) && sum.every === null && isListed(own, sum))
      .map((sum) => ({
        ...{ start: start + sum.start, end: start + sum.end },
        steps: `${written(sum.yuan)}元超过同一平台上限（${borrower.name}，办法第十七条）${SPLIT.test(own) ? '；疑似拆分标的' : ''}`,
      }));
  });
}
