/** How urgent a page is; smaller goes first. The start page has 0. */
interface Interest {
  readonly priority: number;
  readonly path: RegExp;
  readonly text: RegExp;
}

const INTERESTS: readonly Interest[] = [
  {
    priority: 10,
    path: /xxpl|disclos|infodis|pilu|operation-?data|yunying/i,
    text: /披露|运营(数据|报告)|平台数据|备案|审计|重大事项|从业机构|出借人须知/,
  },
  { priority: 20, path: /product|licai|invest|chujie|touzi|finance/i, text: /产品|出借|理财|投资|精选|计划|智投/ },
  {
    priority: 25,
    path: /loan|borrow|jiekuan|daikuan|biao(di)?\b|\bbid|xiaoyuan|campus/i,
    text: /借款|标的|项目|贷|分期|校园|额度/,
  },
  { priority: 30, path: /agree|protocol|contract|xieyi|terms|risk|fee/i, text: /协议|合同|条款|规则|风险|费用|收费/ },
  { priority: 35, path: /notice|gonggao|announce|bulletin/i, text: /公告|通知/ },
  { priority: 40, path: /help|faq|guide|bangzhu|question/i, text: /帮助|常见问题|指引|新手|问答/ },
  {
    priority: 45,
    path: /about|guanyu|company|intro|team|contact|safe|security/i,
    text: /关于|简介|团队|联系|公司|资质|安全|保障/,
  },
  { priority: 50, path: /download|\bapp\b|xiazai/i, text: /下载|客户端|app/i },
  { priority: 55, path: /activity|huodong|promo|event|invite/i, text: /活动|优惠|邀请|红包|福利|推广/ },
  { priority: 120, path: /news|media|xinwen|article/i, text: /新闻|媒体|动态|资讯/ },
];

/** Of pages that nothing speaks for. */
const ORDINARY = 100;
/** Added to pages that are one of a series: the series may be endless. */
const IN_SERIES = 50;

/**
 * Judges by the words of the link first, since sites of the trade name their paths by number; by the address else.
 *
 * @param isInSeries True for pages of a list or a calendar.
 */
export function priorityOf(url: string, linkText: string, isInSeries: boolean): number {
  const { pathname } = new URL(url);
  const byText = linkText.length <= 30 ? INTERESTS.find(({ text }) => text.test(linkText)) : undefined;
  const { priority } = byText ?? INTERESTS.find(({ path }) => path.test(pathname)) ?? { priority: ORDINARY };
  return isInSeries ? priority + IN_SERIES : priority;
}
