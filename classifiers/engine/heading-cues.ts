import { type Cue, type TextSegment } from '#libs/domain';
import { viewOf } from '#classifiers/text';
import { titleParts } from './pieces';

/** What a heading says about everything below it. */
const HEADINGS: readonly { readonly name: string; readonly weight: number; readonly words: RegExp }[] = [
  { name: 'prohibited', weight: -4, words: /禁止|不得|负面清单|不予受理|禁入/ },
  { name: 'regulation-quote', weight: -3, words: /监管规定|法律法规|政策法规|条例|暂行办法|摘录|十三项/ },
  { name: 'self-check', weight: -4, words: /自查|整改|合规检查|合规对照/ },
  { name: 'archived', weight: -3, words: /历史公告|归档/ },
  { name: 'comment', weight: -4, words: /评论|留言|网友|讨论/ },
  {
    name: 'education',
    weight: -2.5,
    words: /警惕|骗局|陷阱|投资者教育|出借人教育|风险教育|什么是|课堂|科普|识别|防范/,
  },
  { name: 'ended', weight: -3, words: /退出时间表|退出计划|清退|停止|终止|下线/ },
  { name: 'report', weight: -2.5, words: /行业新闻|行业资讯|媒体关注|行业动态/ },
];

/** The cues that the heading above lends to a segment; a heading lends none to itself. */
export function headingCuesOf(segment: TextSegment): Cue[] {
  if (segment.heading === '' || segment.heading === segment.text || /^h[1-6]$/.test(segment.tag)) return [];
  const { repaired } = viewOf(segment.heading.slice(0, 200));
  return HEADINGS.flatMap(({ name, weight, words }) => {
    const match = words.exec(repaired);
    return match ? [{ name, weight, quote: match[0] }] : [];
  });
}

/** Sections of a site whose pages tell of others: the part of a title that is a section's name and nothing else. */
const SECTIONS: readonly { readonly name: string; readonly weight: number; readonly words: RegExp }[] = [
  {
    name: 'report',
    weight: -2.5,
    words: /^(?:行业|监管|政策|宏观|财经|媒体|社会|法治)(?:新闻|资讯|动态|关注|观察|要闻|快讯|报道)$/,
  },
  {
    name: 'education',
    weight: -2.5,
    words: /^(?:出借人|投资者|投资人|消费者|金融|风险|用户|安全)(?:教育|课堂|学堂|讲堂|知识|教育专栏|教育专区)$/,
  },
  { name: 'regulation-quote', weight: -3, words: /^(?:政策法规|法律法规|监管政策|监管规定|法规政策|合规专栏)$/ },
];

/** The cues that a page's section, as its title names it, lends to everything on the page but its frame. */
export function sectionCuesOf(title: string): Cue[] {
  const parts = titleParts(title);
  if (parts.length < 2) return [];
  return SECTIONS.flatMap(({ name, weight, words }) => {
    const part = parts.find((it) => words.test(it));
    return part === undefined ? [] : [{ name, weight, quote: part }];
  });
}
