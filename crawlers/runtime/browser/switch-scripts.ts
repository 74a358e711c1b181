/**
 * What changes what a page shows without being a tab or a fold: lists to choose from, carousels, menus that open under
 * the mouse, boxes that fill as they are scrolled, shadow trees. Runs inside a page, in a world of its own.
 */

const PATH = String.raw`
  const pathOf = (element) => {
    const steps = [];
    for (let at = element; at && at.nodeType === 1 && steps.length < 512; at = at.parentNode) {
      let nth = 1;
      for (let before = at.previousElementSibling; before; before = before.previousElementSibling)
        if (before.localName === at.localName) nth += 1;
      steps.unshift('/' + at.localName + '[' + nth + ']');
    }
    return steps.join('');
  };`;

/**
 * Options of lists, arrows and dots of carousels, menus. Joins the list that `clickAt` uses; a list of more than thirty
 * options is taken for a choice of towns or dates, and one beside a password for a form to sign in.
 */
export const FIND_SWITCHES = String.raw`(() => {
  ${PATH}
  const openers = [];
  const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
  const labelOf = (e) => (e.innerText || e.getAttribute('aria-label') || e.title || '').replace(/\s+/g, ' ').trim().slice(0, 40);
  const staysHere = (e) => {
    const link = e.closest('a[href]');
    return !link || /^\s*(#|$|javascript:\s*(void|;|$|\/\/))/i.test(link.getAttribute('href'));
  };
  for (const select of [...document.querySelectorAll('select')].slice(0, 20)) {
    if (!shown(select) || select.disabled || select.multiple || select.options.length > 30) continue;
    if (select.form && select.form.querySelector('[type=password]')) continue;
    const path = pathOf(select);
    [...select.options].slice(0, 12).forEach((option, nth) => {
      if (!option.disabled) openers.push({ kind: 'select', element: select, choose: nth, group: path, label: option.text.trim().slice(0, 40), path: pathOf(option), isOn: option.selected });
    });
  }
  const dots = '.swiper-pagination-bullet,.slick-dots>li,.carousel-indicators>*,.flex-control-paging a,.owl-dot,.banner-dot,.slide-dot';
  for (const e of [...document.querySelectorAll(dots)].slice(0, 40))
    if (shown(e) && staysHere(e)) openers.push({ kind: 'tab', element: e, group: pathOf(e.parentElement), label: labelOf(e), path: pathOf(e), isOn: /active|current|selected|(^|\s)on(\s|$)/.test(e.className) });
  const nexts = '.carousel-next,.carousel-control-next,.swiper-button-next,.slick-next,.owl-next,.flex-next,.arrow-right,.slide-next,.banner-next,.btn-next,[aria-label="Next slide"],[aria-label*="下一"]';
  for (const e of [...document.querySelectorAll(nexts)].slice(0, 10))
    if (shown(e) && staysHere(e)) openers.push({ kind: 'next', element: e, group: '', label: labelOf(e), path: pathOf(e), isOn: false });
  const menus = '[onmouseenter],[onmouseover],[aria-haspopup=true],[aria-haspopup=menu],.dropdown,.has-sub,.has-children,.menu-item-has-children,nav>ul>li,.nav>li,.menu>li';
  for (const e of [...document.querySelectorAll(menus)].slice(0, 20))
    if (shown(e)) openers.push({ kind: 'menu', element: e, hovers: true, group: '', label: labelOf(e), path: pathOf(e), isOn: false });
  const known = (globalThis.mingchaOpeners ||= []);
  const first = known.length;
  known.push(...openers.slice(0, 120));
  return known.slice(first).map(({ kind, group, label, path, isOn }, nth) => ({ at: first + nth, kind, group, label, path, isOn }));
})()`;

/** Scrolls every box that holds more than it shows to its end; gives the paths of those that moved. */
export const SCROLL_BOXES = String.raw`(() => {
  ${PATH}
  const moved = [];
  for (const e of [...document.querySelectorAll('body *')].slice(0, 20000)) {
    if (moved.length >= 20 || e.scrollHeight <= e.clientHeight + 20 || e.clientHeight < 40) continue;
    if (!/auto|scroll/.test(getComputedStyle(e).overflowY)) continue;
    const before = e.scrollTop;
    e.scrollTo({ top: e.scrollHeight, behavior: 'instant' });
    if (e.scrollTop > before) moved.push(pathOf(e));
  }
  return moved;
})()`;

/** Text inside open shadow trees, which the markup of a page does not hold; closed ones stay closed. */
export const SHADOW_TEXTS = String.raw`(() => {
  ${PATH}
  const texts = [];
  const read = (root, path, depth) => {
    for (const host of [...root.querySelectorAll('*')].slice(0, 20000)) {
      if (!host.shadowRoot || texts.length >= 500 || depth > 8) continue;
      const at = path || pathOf(host);
      for (const child of host.shadowRoot.children) {
        const text = /^(style|script|link|template)$/.test(child.localName) ? '' : (child.innerText || '').replace(/\s+/g, ' ').trim().slice(0, 5000);
        if (text) texts.push({ path: at, text });
      }
      read(host.shadowRoot, at, depth + 1);
    }
  };
  read(document, '', 0);
  return texts;
})()`;
