import { type Channel, type PageKind } from '#libs/domain';
import { type HtmlDocument } from './document';

/** What is known of a page when its kind is guessed. */
export interface PageKindClues {
  readonly document: Pick<HtmlDocument, 'title' | 'texts'>;
  readonly url: string;
  /** Text of the link that led to the page; empty when unknown. */
  readonly linkText: string;
  readonly channel: Channel;
  readonly isHome: boolean;
}

type Words = readonly (readonly [PageKind, RegExp])[];

/** Order matters: what a page is about before what section it lies in, so that `/about/disclosure` is disclosure. */
const URL_WORDS: Words = [
  [
    'academy',
    /academy|college|school|class(?:room)?s?\b|xuetang|xueyuan|ketang|edu(?:cation)?\b|wiki|baike|zhishi|zixun|knowledge/,
  ],
  [
    'disclosure',
    /disclos|xxpl|xinxi?pilu|pilu|infopub|information-?publi|operat(?:ion|e|ing)(?:-?data|-?report)?s?\b|yunying|yysj/,
  ],
  ['agreement', /agreement|contract|protocol|xieyi|hetong|fanben|terms\b/],
  ['notice', /notice|announce|gonggao|bulletin/],
  ['news', /news|media|xinwen|dongtai|press\b|article/],
  ['activity', /activit|huodong|promo|campus|topic|\bzt\b|event|lottery|invite/],
  ['help', /help|\bfaqs?\b|\bqa\b|question|wenti|bangzhu|guide|fees?\b|zifei|rules?\b|service-?center/],
  [
    'loan',
    /\b(?:loan|item|bid|biao|borrow|project|product|invest)s?(?:[-_/]?(?:detail|info|view|show))?[-_/=]\d+|\b(?:loan|bid|item|project)-?detail/,
  ],
  [
    'product',
    /product|invest|\bloans?\b|lend|borrow|\bbids?\b|projects?\b|\bplans?\b|\blist\b|transfer|apply|licai|chujie|jiekuan|biao|student/,
  ],
  [
    'about',
    /about|contact|company|team|safe|security|anquan|guanyu|stores?\b|mendian|jobs?\b|join|recruit|intro|culture|partner/,
  ],
];

/** What a column of a site is called. Two readings of one word are settled by the order. */
const COLUMN_WORDS: Words = [
  ['academy', /学院|课堂|学堂|讲堂|百科|知识库|出借人教育|投资者教育|投教|风险教育|理财知识|干货/],
  [
    'disclosure',
    /信息披露|信息公示|信披|披露|运营(?:数据|报告|月报|概况)|经营信息|备案信息|组织信息|审核信息|机构信息|平台数据|数据披露/,
  ],
  ['agreement', /协议|范本|合同|服务条款|隐私政策/],
  ['notice', /公告|通知(?:$|公告)/],
  ['news', /新闻|媒体(?:报道|中心|关注)?|动态|资讯/],
  [
    'help',
    /帮助|常见问题|问答|faq|新手(?:指引|指南|引导)|费用说明|收费(?:标准|说明)|资费|细则|使用规则|操作指南|风险提示|客服中心/i,
  ],
  ['activity', /活动|专场|开学季|抽奖|邀请好友|专题|感恩(?:季|回馈)|惠民月|测评月|有礼/],
  ['loan', /(?:项目|标的|借款|产品)详情|借款标|标的信息/],
  [
    'product',
    /产品|出借项目|借款项目|散标|项目列表|出借计划|理财|投资(?:列表|项目)?|我要(?:出借|借款|投资|贷款|借钱)|债权(?:专区|转让)|借款|贷款|贷$|标的/,
  ],
  [
    'about',
    /关于|了解我们|公司(?:简介|介绍)|平台介绍|团队|联系我们|招(?:聘|贤)|加入我们|安全(?:保障|体系|中心)|门店|合作伙伴|企业文化|发展历程/,
  ],
];

/** Names of columns that are so clear that they also tell in the last part of a title, where the brand stands. */
const CLEAR_COLUMN = /学院|课堂|学堂|讲堂|百科|教育|新闻|媒体|公告|帮助|信息披露/;
/** Names of links and headings; a longer text is the title of an article. */
const LONGEST_NAME = 14;

/**
 * Guesses what a page is for. Evidence in this order: the channel, being the home page, words of the address, the text
 * of the link, the title, headings, the look of an article; without any it is `about`, where a firm speaks for itself.
 */
export function guessPageKind(clues: PageKindClues): PageKind {
  const byChannel = kindOfChannel(clues.channel);
  if (byChannel !== null) return byChannel;
  if (clues.isHome) return 'home';
  return (
    first(URL_WORDS, pathOf(clues.url)) ??
    kindOfName(clues.linkText) ??
    kindOfTitle(clues.document.title) ??
    kindOfHeadings(clues.document) ??
    (looksLikeArticle(clues.document) ? 'news' : 'about')
  );
}

function kindOfChannel(channel: Channel): PageKind | null {
  switch (channel) {
    case 'app-listing':
      return 'listing';
    case 'ad':
      return 'ad';
    case 'offline':
      return 'leaflet';
    case 'website':
      return null;
  }
}

function first(words: Words, text: string): PageKind | null {
  return words.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

/** The part of an address that names the page: lower case, words apart, no host. */
function pathOf(url: string): string {
  const rest = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').slice(0, 500);
  const [path = '', query = ''] = rest.split('#', 1)[0]?.split('?') ?? [];
  const routed = /#!?(\/[^?]*)/.exec(rest)?.[1] ?? '';
  return `${path}${routed} ${query}`
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll('_', '-');
}

function kindOfName(name: string): PageKind | null {
  if (name === '') return null;
  if (name.length <= LONGEST_NAME) return first(COLUMN_WORDS, name);
  return /公告|通知/.test(name.slice(-4)) ? 'notice' : null;
}

function kindOfTitle(title: string): PageKind | null {
  const parts = title
    .slice(0, 300)
    .split(/\s*[-_|｜—–·>»]+\s*/)
    .filter((it) => it !== '');
  const last = parts.length > 1 ? parts.at(-1) : undefined;
  if (last !== undefined && CLEAR_COLUMN.test(last)) return first(COLUMN_WORDS, last);
  const own = parts.length > 1 ? parts.slice(0, -1) : parts;
  // The column stands behind the title of the article.
  for (const part of own.toReversed()) {
    const kind = kindOfName(part);
    if (kind !== null) return kind;
  }
  return null;
}

function kindOfHeadings(document: PageKindClues['document']): PageKind | null {
  const headings = document.texts.filter((it) => /^h[1-3]$/.test(it.tag) && it.region === 'main').slice(0, 8);
  for (const { text } of headings) {
    const kind = kindOfName(text);
    if (kind !== null) return kind;
  }
  return null;
}

function looksLikeArticle(document: PageKindClues['document']): boolean {
  const lines = document.texts.filter((it) => it.source === 'visible').slice(0, 60);
  return lines.some((it) => /(?:来源|作者|编辑|记者|发布时间|阅读(?:量|次数))\s*[：:]/.test(it.text.slice(0, 80)));
}
