import { attribute, isElement, isText, type HtmlElement } from './bounded-parser';
import { type Place, type Visitor } from './tree-walk';
import { isBlank } from './white-space';

const SHELL_IDS = new Set([
  'app',
  'root',
  '__next',
  '__nuxt',
  'main-app',
  'application',
  'react-root',
  'vue-app',
  'container-app',
]);
const FRAMES = new Set(['iframe', 'frame']);
const SHELL_ATTRIBUTES = ['ng-app', 'data-ng-app', 'v-cloak', 'data-reactroot', 'ng-version', 'data-v-app'];
const SWITCHING_CLASS =
  /(?:^|[\s_-])(?:tabs?|nav-tabs|tabbar|tab[-_]?(?:h|hd|head|nav|title|menu|item|list|box|con|content|pane|panel)|swiper|carousel|slick|slider)(?:$|[\s_-])/i;

/** Counts what shows that a page needs a browser. */
export class PageSigns implements Visitor {
  scriptCount = 0;
  hasEmptyShell = false;
  hasTabs = false;
  hasFrames = false;
  hasPasswordField = false;
  hasTemplateMarks = false;

  enter(place: Place): void {
    const { element } = place;
    if (place.tag === 'script') this.scriptCount += 1;
    this.hasFrames ||= FRAMES.has(place.tag) && isFilled(attribute(element, 'src'));
    this.hasPasswordField ||= isPasswordField(place);
    this.hasTabs ||= switches(place);
    this.hasEmptyShell ||= isShell(element) && isEmpty(element);
  }

  text(place: Place, value: string): void {
    if (place.isHidden || this.hasTemplateMarks) return;
    const opening = value.indexOf('{{');
    this.hasTemplateMarks = opening >= 0 && value.indexOf('}}', opening) > opening;
  }
}

function isPasswordField(place: Place): boolean {
  return place.tag === 'input' && /^password$/i.test(attribute(place.element, 'type') ?? '');
}

function isFilled(src: string | null): boolean {
  return src !== null && src.trim() !== '' && !/^(?:about|javascript):/i.test(src.trim());
}

function isShell(element: HtmlElement): boolean {
  const id = attribute(element, 'id');
  return (id !== null && SHELL_IDS.has(id)) || SHELL_ATTRIBUTES.some((it) => attribute(element, it) !== null);
}

/** No text anywhere inside; looks at no more nodes than a placeholder for loading would have. */
function isEmpty(shell: HtmlElement): boolean {
  const waiting = [...shell.childNodes];
  for (let seen = 0; waiting.length > 0 && seen < 200; seen += 1) {
    const node = waiting.pop();
    if (node === undefined) break;
    if (isText(node) && !isBlank(node.value) && !/^[\s.…]*(?:加载中|正在加载|loading)[\s.…]*$/i.test(node.value))
      return false;
    if (isElement(node) && node.tagName !== 'script' && node.tagName !== 'style') waiting.push(...node.childNodes);
  }
  return waiting.length === 0;
}

function switches(place: Place): boolean {
  const { element } = place;
  if (place.tag === 'details') return true;
  if (place.tag === 'select') return attribute(element, 'onchange') !== null;
  const role = attribute(element, 'role');
  if (role === 'tab' || role === 'tablist' || attribute(element, 'data-toggle') === 'tab') return true;
  return SWITCHING_CLASS.test((attribute(element, 'class') ?? '').slice(0, 500));
}
