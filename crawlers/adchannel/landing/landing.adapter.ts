import { ListingUnreadableError } from '#libs/domain';
import { type HtmlDocument } from '#libs/html';
import { type AdPage, type ChannelAdapter } from '../channel-adapter';

/** 互联网广告应当具有可识别性，显著标明"广告"。 — 互联网广告管理暂行办法 (2016), art. 7 */
const MARK = /^[[【(（「·|\s]*(广告|推广|赞助|商业推广|ad|ads|advertisement|sponsored)[\]】)）」·|\s]*$/i;

const MAX_TEXT = 500;

const visibleTexts = (document: HtmlDocument): string[] =>
  document.texts.filter(({ source }) => source === 'visible').map(({ text }) => text);

function titleOf(document: HtmlDocument): string {
  const heading = document.texts.find(({ source, tag }) => source === 'visible' && tag === 'h1')?.text;
  return (heading ?? document.title).trim();
}

function textOf(document: HtmlDocument, title: string): string {
  const main = document.texts.filter(
    ({ source, region, tag }) => source === 'visible' && region === 'main' && tag !== 'h1',
  );
  const words = main.map(({ text }) => text).filter((text) => text !== title && !MARK.test(text));
  return words.join(' ').slice(0, MAX_TEXT);
}

const chainOf = ({ visit }: AdPage): string[] => [
  ...new Set([visit.requestedUrl, ...visit.redirects.map(({ location }) => location), visit.finalUrl]),
];

/** Reads the page that a click on an advertisement ends at: the page itself is the creative. */
export const landingAdapter: ChannelAdapter = {
  name: 'landing',
  owns: (target) => target.channel === 'ad',
  read(page) {
    const title = titleOf(page.document);
    const text = textOf(page.document, title);
    if (title === '' && text === '') throw new ListingUnreadableError('landing', page.visit.finalUrl, 'any text');
    const marked = visibleTexts(page.document).some((words) => MARK.test(words));
    const displayUrl = page.visit.requestedUrl;
    return { creatives: [{ position: 1, marked, title, text, displayUrl, landingChain: chainOf(page) }] };
  },
};
