import { type SegmentRegion } from '#libs/domain';
import { attribute, type HtmlElement } from './bounded-parser';

const BY_TAG: Readonly<Record<string, SegmentRegion>> = {
  head: 'head',
  nav: 'nav',
  header: 'header',
  main: 'main',
  aside: 'aside',
  footer: 'footer',
};

const BY_ROLE: Readonly<Record<string, SegmentRegion>> = {
  navigation: 'nav',
  menubar: 'nav',
  menu: 'nav',
  banner: 'header',
  main: 'main',
  complementary: 'aside',
  contentinfo: 'footer',
};

const BY_NAME: readonly (readonly [RegExp, SegmentRegion])[] = [
  [/^(?:.*[-_])?(?:footer|foot|copyright|beian)(?:[-_].*)?$|^ft$|^footnav$/, 'footer'],
  [/^(?:.*[-_])?(?:nav|navbar|menu|crumbs?|breadcrumbs?)(?:[-_].*)?$|^(?:topnav|mainnav|navlist)$/, 'nav'],
  [
    /^(?:g|m|site|page|main|top|w|common|public|layout)?[-_]?header(?:[-_].*)?$|^(?:hd|head|top|topbar|top[-_]bar)$/,
    'header',
  ],
  [/^(?:.*[-_])?(?:sidebar|aside|side)$|^side(?:bar)?[-_].*$/, 'aside'],
  [/^(?:main|content|container-main|main[-_]content|article)$/, 'main'],
];

/** Names of parts of a component, not of the page: the head of a card, the foot of a dialogue. */
const PART_OF_A_COMPONENT = /^(?:card|modal|panel|dialog|tab|tabs|table|list|item|box|accordion|popup|layer)[-_]/;
const NAMED = new Set(['div', 'ul', 'ol', 'section', 'table', 'dl', 'td', 'p', 'form', 'center']);

/** Which part of the page an element begins: by landmark element, by role, by the names in `id` and `class`; null when none. */
export function regionBegunBy(element: HtmlElement, around: SegmentRegion): SegmentRegion | null {
  const byTag = BY_TAG[element.tagName];
  // A header or footer inside an article or a section belongs to that, not to the page.
  if (byTag !== undefined) return (byTag === 'header' || byTag === 'footer') && isInsideSection(element) ? null : byTag;
  const role = attribute(element, 'role');
  if (role !== null && Object.hasOwn(BY_ROLE, role)) return BY_ROLE[role] ?? null;
  if (!NAMED.has(element.tagName) || around === 'footer') return null;
  return regionByName(element);
}

function regionByName(element: HtmlElement): SegmentRegion | null {
  const names = `${attribute(element, 'id') ?? ''} ${attribute(element, 'class') ?? ''}`.slice(0, 500).toLowerCase();
  for (const name of names.split(/\s+/)) {
    if (name === '' || PART_OF_A_COMPONENT.test(name)) continue;
    for (const [pattern, region] of BY_NAME) if (pattern.test(name)) return region;
  }
  return null;
}

function isInsideSection(element: HtmlElement): boolean {
  let up = element.parentNode;
  for (let steps = 0; up !== null && 'tagName' in up && steps < 12; steps += 1) {
    if (up.tagName === 'article' || up.tagName === 'section' || up.tagName === 'dialog') return true;
    up = up.parentNode;
  }
  return false;
}
