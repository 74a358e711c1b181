/**
 * What runs inside a page, in a world of its own: the page's scripts can neither see it nor bend what it calls.
 * Written as text because it belongs to the browser, not to this program.
 */

/** Absolute XPath of an element, every step numbered among its namesakes: `/html[1]/body[1]/div[2]`. */
const PATH_OF = String.raw`
  const pathOf = (element) => {
    const steps = [];
    for (let at = element; at && at.nodeType === 1 && steps.length < 512; at = at.parentNode) {
      const tag = at.localName;
      let nth = 1;
      for (let before = at.previousElementSibling; before; before = before.previousElementSibling)
        if (before.localName === tag) nth += 1;
      steps.unshift('/' + tag + '[' + nth + ']');
    }
    return steps.join('');
  };`;

/** The text a visitor sees now: one entry per block that holds text, in document order. */
export const VISIBLE_BLOCKS = String.raw`(() => {
  ${PATH_OF}
  const inline = new Set(['inline', 'inline-block', 'contents', 'inline-flex']);
  const blockOf = (element) => {
    let at = element;
    while (at.parentElement && inline.has(getComputedStyle(at).display)) at = at.parentElement;
    return at;
  };
  const texts = new Map();
  const walker = document.createTreeWalker(document.body || document.documentElement, NodeFilter.SHOW_TEXT);
  let total = 0;
  for (let node = walker.nextNode(); node && texts.size < 5000 && total < 1000000; node = walker.nextNode()) {
    const holder = node.parentElement;
    if (!holder || !node.data.trim() || /^(script|style|noscript|template|textarea)$/.test(holder.localName)) continue;
    if (!holder.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const block = blockOf(holder);
    const text = node.data.slice(0, 5000);
    total += text.length;
    texts.set(block, (texts.get(block) || '') + text);
  }
  const found = [];
  for (const [block, text] of texts) found.push({ path: pathOf(block), text: text.replace(/\s+/g, ' ').trim() });
  return found;
})()`;

/** Unfolds every \`details\`; gives the paths of those that were folded. */
export const OPEN_DETAILS = String.raw`(() => {
  ${PATH_OF}
  const folded = [...document.querySelectorAll('details:not([open])')].slice(0, 200);
  for (const element of folded) element.open = true;
  return folded.map(pathOf);
})()`;

/** One step down, by a screen; says whether there is more below. */
export const SCROLL_DOWN = String.raw`(() => {
  const root = document.scrollingElement || document.documentElement;
  const before = root.scrollTop;
  root.scrollTo({ top: before + innerHeight, behavior: 'instant' });
  return { moved: root.scrollTop > before, top: root.scrollTop, height: root.scrollHeight };
})()`;

export const SCROLL_TO_TOP = `(() => { scrollTo({ top: 0, left: 0, behavior: 'instant' }); return scrollY; })()`;

/**
 * What opens something on this page without leaving it: tabs, folds, "more" buttons, and the buttons that close what
 * lies over the page. Numbers them in a list that {@link clickAt} uses. Never what sends, signs in, buys or leaves.
 */
export const FIND_OPENERS = String.raw`(() => {
  ${PATH_OF}
  const grave = /退出|支付|付款|充值|提现|删除|提交/;
  const never = /登录|登陆|注册|退出|支付|付款|充值|提现|提交|投资|出借|借款申请|立即申请|购买|下载|删除|确认|同意|发送|验证码|搜索|客服/;
  const more = /^(更多|展开|查看更多|展开更多|展开全部|显示全部|查看全部|加载更多|全部|阅读全文|more)[\s.…»>]*$/i;
  const labelOf = (e) => (e.innerText || e.getAttribute('aria-label') || e.title || '').replace(/\s+/g, ' ').trim().slice(0, 40);
  const staysHere = (e) => {
    const link = e.closest('a[href]') || (e.children.length < 4 ? e.querySelector('a[href]') : null);
    if (!link) return true;
    const href = link.getAttribute('href').trim();
    if (link.target === '_blank' || link.hasAttribute('download')) return false;
    return href === '' || href.startsWith('#') || /^javascript:\s*(void|;|$|\/\/)/i.test(href);
  };
  const submits = (e) => e.closest('form') && (e.type === 'submit' || e.type === 'image' || (e.localName === 'button' && e.type === 'submit'));
  const isOn = (e) => e.getAttribute('aria-selected') === 'true' ||
    /(^|[\s_-])(active|current|cur|on|selected|checked|act|hover)($|[\s_-])/i.test(e.className && e.className.baseVal === undefined ? e.className : '');
  const usable = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && e.getClientRects().length > 0 && staysHere(e) && !submits(e);
  const openers = [];
  const seen = new Set();
  const add = (kind, e, group) => {
    if (seen.has(e) || !usable(e) || (kind === 'tab' ? grave : never).test(labelOf(e))) return;
    seen.add(e);
    openers.push({ kind, element: e, group, label: labelOf(e), path: pathOf(e), isOn: isOn(e) });
  };
  const tabs = '[role=tab],[data-toggle=tab],[data-toggle=pill],[data-bs-toggle=tab],[data-bs-toggle=pill],.tabs>li,.tab>li,.nav-tabs>li,.tab-nav>*,.tab-title>*,.tabs-nav>*,.tab-hd>*,.tabs>a,.tab>a,.tabs>span,.tab>span,.tab-item,.tab-btn,.ant-tabs-tab,.el-tabs__item,.van-tab,.layui-tab-title>li,[data-tab],[data-target-tab]';
  for (const e of document.querySelectorAll(tabs)) add('tab', e, pathOf(e.parentElement));
  for (const e of document.querySelectorAll('[data-toggle=collapse],[data-bs-toggle=collapse],[aria-expanded=false],summary~[role=button],.accordion-header,.collapse-header,.faq-question'))
    if (!e.closest('summary,select')) add('fold', e, '');
  for (const e of document.querySelectorAll('a,button,span,div,p,i'))
    if (e.children.length < 3 && e.textContent.length < 12 && more.test(labelOf(e))) add('more', e, '');
  for (const e of document.querySelectorAll('a[href^="#"]:not([href="#"])')) {
    const aim = document.getElementById(decodeURIComponent(e.getAttribute('href').slice(1)).trim());
    if (aim && !aim.checkVisibility()) add('tab', e, pathOf(e.parentElement));
  }
  const known = (globalThis.mingchaOpeners ||= []);
  const first = known.length;
  known.push(...openers.slice(0, 200));
  return known.slice(first).map(({ kind, group, label, path, isOn }, nth) => ({ at: first + nth, kind, group, label, path, isOn }));
})()`;

/** What lies over most of the page and how to close it; empty when nothing does. */
export const FIND_OVERLAYS = String.raw`(() => {
  ${PATH_OF}
  const closes = /^(×|✕|✖|x|关闭|我知道了|知道了|跳过|以后再说|暂不|取消|close)$/i;
  const openers = [];
  for (const box of document.querySelectorAll('body *')) {
    const style = getComputedStyle(box);
    if (style.position !== 'fixed' || style.display === 'none' || style.visibility === 'hidden') continue;
    const at = box.getBoundingClientRect();
    if (at.width * at.height < innerWidth * innerHeight * 0.3 || at.bottom < 0 || at.top > innerHeight) continue;
    const button = [...box.querySelectorAll('*')].find((e) =>
      e.checkVisibility() && e.children.length < 3 && !(e.closest('a[href]') && !/^(#|javascript:|$)/i.test(e.closest('a[href]').getAttribute('href').trim())) &&
      (closes.test((e.innerText || '').trim()) || /关闭|close/i.test(e.getAttribute('aria-label') || '') || /(^|[\s_-])close($|[\s_-])/i.test(typeof e.className === 'string' ? e.className : '')));
    if (button) openers.push({ kind: 'overlay', element: button, group: '', label: (box.innerText || '').trim().slice(0, 40), path: pathOf(button), isOn: false });
    if (openers.length > 4) break;
  }
  const known = (globalThis.mingchaOpeners ||= []);
  const first = known.length;
  known.push(...openers.slice(0, 200));
  return known.slice(first).map(({ kind, group, label, path, isOn }, nth) => ({ at: first + nth, kind, group, label, path, isOn }));
})()`;

/** Clicks one of the list made before, as a visitor's mouse would, or chooses, or only hovers; false when it has gone. */
export const clickAt = (at: number): string => String.raw`(() => {
  const opener = (globalThis.mingchaOpeners || [])[${at}];
  if (!opener || !opener.element.isConnected) return false;
  if (opener.choose !== undefined) {
    opener.element.selectedIndex = opener.choose;
    for (const type of ['input', 'change']) opener.element.dispatchEvent(new Event(type, { bubbles: true }));
    return true;
  }
  for (const type of opener.hovers ? ['mouseover', 'mouseenter'] : ['mouseover', 'mouseenter', 'mousedown', 'mouseup'])
    opener.element.dispatchEvent(new MouseEvent(type, { bubbles: type !== 'mouseenter', cancelable: true, view: window }));
  if (!opener.hovers) opener.element.click();
  return true;
})()`;

/** Ends what moves, without a trace in the markup. */
export const HOLD_STILL = String.raw`(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('*,*::before,*::after{animation-play-state:paused!important;transition:none!important;caret-color:transparent!important;scroll-behavior:auto!important}');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  for (const animation of document.getAnimations()) {
    try { animation.finish(); } catch { animation.pause(); }
  }
  for (const media of document.querySelectorAll('video,audio')) media.pause();
  return true;
})()`;

export const FONTS_READY = `document.fonts.ready.then(() => true)`;

export const READY_STATE = `document.readyState`;

/** The markup as it stands, doctype included; cut at so many characters. */
export const markupUpTo = (length: number): string => String.raw`(() => {
  const type = document.doctype ? new XMLSerializer().serializeToString(document.doctype) + '\n' : '';
  const markup = type + (document.documentElement ? document.documentElement.outerHTML : '');
  return { html: markup.slice(0, ${length}), isCut: markup.length > ${length}, url: document.URL };
})()`;

/** Called on a frame's element: its path. */
export const PATH_OF_THIS = `function () { ${PATH_OF} return pathOf(this); }`;
