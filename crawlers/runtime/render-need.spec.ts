import { type Outcome } from '#libs/domain';
import { parseHtml } from '#libs/html';
import { renderNeedOf } from './render-need';

const text = `<p>${'本平台是网络借贷信息中介。'.repeat(30)}</p>`;
const pageOf = (html: string, outcome: Outcome = 'ok') => ({
  role: 'page' as const,
  outcome,
  document: parseHtml(html),
});

describe('the need for a browser', () => {
  it.each([
    ['a full page without scripts', text, null],
    ['a full page with scripts', `${text}<script src="/a.js"></script>`, null],
    ['a thin page with scripts', '<p>加载中</p><script src="/a.js"></script>', 'script'],
    ['a thin page without scripts', '<p>联系我们</p>', null],
    ['an empty shell beside text', `${text}<div id="app"></div>`, 'script'],
    ['template marks', `${text}<p>{{ rate }}</p>`, 'script'],
    ['tabs', `${text}<ul class="nav-tabs"><li>产品</li></ul>`, 'tabs'],
    ['a frame', `${text}<iframe src="/inner.html"></iframe>`, 'tabs'],
  ])('for %s', (_what, html, reason) => {
    expect(renderNeedOf(pageOf(html), 'auto')).toBe(reason);
  });

  it('is never said under orders for HTTP alone, always under orders for the browser', () => {
    const shell = pageOf('<div id="app"></div><script></script>');
    expect(renderNeedOf(shell, 'http')).toBeNull();
    expect(renderNeedOf(pageOf(text), 'browser')).toBe('asked');
  });

  it.each(['captcha', 'blocked', 'login-wall', 'gone', 'error-page'] as const)('is never said of %s', (outcome) => {
    expect(renderNeedOf(pageOf('<div id="app"></div>', outcome), 'auto')).toBeNull();
  });
});
