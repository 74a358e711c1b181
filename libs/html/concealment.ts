import { attribute, type HtmlElement } from './bounded-parser';

const OFF_SCREEN = -500;
const HIDING = [
  /(?:^|;)display:none/,
  /(?:^|;)visibility:(?:hidden|collapse)/,
  /(?:^|;)opacity:(?:0|0?\.0\d*|0%)(?:;|!|$)/,
  /(?:^|;)font-size:[0-5](?:\.\d+)?(?:px|pt)?(?:;|!|$)/,
  /(?:^|;)clip:rect\((?:0|1px)/,
  /(?:^|;)transform:scale\(0\)/,
];

/**
 * Says whether an element shows nothing to a visitor, judged by its own attributes: `hidden`, inline style,
 * `aria-hidden`, a closed `details` around it, a tab pane that is not the open one. Style sheets are not applied;
 * only a rendered page tells those.
 */
export function isConcealed(element: HtmlElement): boolean {
  if (attribute(element, 'hidden') !== null || attribute(element, 'aria-hidden') === 'true') return true;
  const style = attribute(element, 'style');
  if (style !== null && isConcealedByStyle(style)) return true;
  return isClosedPane(element) || isInClosedDetails(element);
}

function isConcealedByStyle(style: string): boolean {
  const flat = style.slice(0, 4096).toLowerCase().replace(/\s+/g, '');
  if (HIDING.some((it) => it.test(flat))) return true;
  if (isFarOff(flat, /(?:^|;)text-indent:(-\d+)/)) return true;
  if (/position:(?:absolute|fixed)/.test(flat) && isFarOff(flat, /(?:^|;)(?:left|top|right|margin-left):(-\d+)/))
    return true;
  if (/overflow:hidden/.test(flat) && /(?:^|;)(?:height|width|max-height):0(?:px)?(?:;|!|$)/.test(flat)) return true;
  const colour = /(?:^|;)color:([^;!]+)/.exec(flat)?.[1];
  const ground = /(?:^|;)background(?:-color)?:([^;!]+)/.exec(flat)?.[1];
  return colour !== undefined && colour === ground;
}

function isFarOff(style: string, pattern: RegExp): boolean {
  const distance = pattern.exec(style)?.[1];
  return distance !== undefined && Number(distance) <= OFF_SCREEN;
}

function isClosedPane(element: HtmlElement): boolean {
  const names = (attribute(element, 'class') ?? '').toLowerCase().split(/\s+/);
  return names.includes('tab-pane') && !names.some((it) => it === 'active' || it === 'in' || it === 'show');
}

function isInClosedDetails(element: HtmlElement): boolean {
  const parent = element.parentNode;
  if (parent === null || !('tagName' in parent) || parent.tagName !== 'details') return false;
  return element.tagName !== 'summary' && attribute(parent, 'open') === null;
}
