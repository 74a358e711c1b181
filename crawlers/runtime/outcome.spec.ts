import { type HeaderPairs, type Outcome } from '#libs/domain';
import { parseHtml } from '#libs/html';
import { classifyAnswer, type Answer } from './outcome';

const html = (body: string, title = '网贷信息中介平台'): string =>
  `<!doctype html><title>${title}</title><body>${body}</body>`;
const paragraph = '本平台为出借人和借款人提供信息中介服务，不承诺保本保息，出借需谨慎，项目信息请以合同为准。';
const long = `<p>${paragraph.repeat(20)}</p>`;

type Given = Partial<Omit<Answer, 'document'>> & { markup?: string };

const anAnswer = ({ markup = html(long), ...given }: Given): Answer => ({
  role: 'page',
  status: 200,
  headers: [['content-type', 'text/html']] satisfies HeaderPairs,
  requestedUrl: 'http://a.test/p',
  finalUrl: 'http://a.test/p',
  byteLength: markup.length,
  truncated: null,
  document: parseHtml(markup),
  markup,
  isRendered: false,
  ...given,
});

const outcomeOf = (given: Given): Outcome => classifyAnswer(anAnswer(given)).outcome;

describe('the outcome of an answer', () => {
  it.each<[Outcome, number, HeaderPairs?]>([
    ['ok', 200],
    ['ok', 203],
    ['empty', 304],
    ['error-page', 302],
    ['error-page', 400],
    ['login-wall', 401],
    ['blocked', 403],
    ['gone', 404],
    ['gone', 410],
    ['blocked', 405],
    ['timeout', 408],
    ['blocked', 412],
    ['blocked', 418],
    ['throttled', 429],
    ['blocked', 451],
    ['error-page', 500],
    ['error-page', 502],
    ['error-page', 503],
    ['throttled', 503, [['Retry-After', '30']]],
    ['error-page', 504],
    ['partial', 206],
  ])('is %s for status %d', (outcome, status, headers = []) => {
    expect(outcomeOf({ status, headers: [['content-type', 'text/html'], ...headers] })).toBe(outcome);
  });

  it.each<[Outcome, string, string]>([
    ['captcha', '<p>请完成安全验证后继续访问</p><img src="/c.jpg">', '安全验证'],
    ['captcha', '<p>请输入图片中的验证码</p><input name="code">', '提示'],
    ['captcha', '<p>请滑动滑块完成拼图</p>', '人机识别'],
    ['captcha', '<p>Checking your browser before accessing</p>', 'Just a moment...'],
    ['captcha', '<div id="x">请稍候</div><script src="https://static.geetest.com/gt.js"></script>', '首页'],
    ['throttled', '<p>您的访问过于频繁，请稍后再试</p>', '提示'],
    ['blocked', '<p>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</p>', '405'],
    ['blocked', '<p>您的请求带有不合法参数，已被网站防火墙拦截</p>', '网站防火墙'],
    ['blocked', '<p>Access Denied. Reference #18.2</p>', 'Access Denied'],
    ['blocked', '<script>var arg1="A"; /* acw_sc__v2 */</script><p>loading</p>', ''],
    ['blocked', '<p>该网站未根据工信部相关法律进行备案</p>', '无法访问'],
    ['gone', '<h1>404</h1><p>您访问的页面不存在或已被删除</p><a href="/">返回首页</a>', '出错了'],
    ['gone', '<p>该标的已失效或找不到</p><p>标的不存在</p>', '提示'],
    ['gone', '<h1>Not Found</h1><p>The requested URL was not found on this server.</p>', '404 Not Found'],
    ['maintenance', '<p>系统维护中，预计今晚八点恢复服务，给您带来不便敬请谅解。</p>', '系统升级公告'],
    ['maintenance', '<p>网站正在升级改造</p>', '首页'],
    ['maintenance', '<h1>We’ll be back soon!</h1><p>We are under maintenance.</p>', 'Maintenance'],
    ['parked', '<p>此域名正在出售，联系QQ</p><p>域名出售</p>', 'a.test'],
    ['parked', '<h1>This domain is for sale</h1>', 'a.test'],
    [
      'parked',
      '<h1>Welcome to nginx!</h1><p>If you see this page, the web server is installed.</p>',
      'Welcome to nginx!',
    ],
    ['error-page', '<h1>502 Bad Gateway</h1><hr>nginx', '502 Bad Gateway'],
    ['error-page', '<p>系统繁忙，请稍后再试</p>', '提示'],
    ['error-page', '<p>java.lang.NullPointerException at com.x</p>', 'Error'],
    ['login-wall', '<form><input name="u"><input type="password"><button>登录</button></form>', '用户登录'],
    ['empty', '', ''],
    ['empty', '<div>   </div>', ''],
    ['partial', '<div id="app"></div><script src="/app.js"></script>', '首页'],
    ['partial', `<h2>{{ product.name }}</h2>${long}`, '产品'],
    ['ok', '<img src="/banner.jpg" alt="">', ''],
    ['ok', '<p>平台简介</p>', '关于我们'],
  ])('is %s for a short page %s', (outcome, body, title) => {
    expect(outcomeOf({ markup: html(body, title) })).toBe(outcome);
  });

  it.each<[string, string, string]>([
    ['a help page that explains the code', `<p>请输入手机收到的验证码完成注册。</p>${long}`, '帮助中心'],
    ['a notice about planned maintenance', `<p>系统维护公告：本周六凌晨系统升级。</p>${long}`, '公告'],
    [
      'an agreement that speaks of what does not exist',
      `<p>若合同约定的内容不存在，以本协议为准。</p>${long}`,
      '服务协议',
    ],
    ['a page with a login form beside its text', `<form><input type="password"></form>${long}`, '首页'],
    ['a risk notice that names refused access', `<p>平台可拒绝访问异常用户</p>${long}`, '风险提示'],
    [
      'a home page with a challenge script in its markup',
      `${long}<script src="https://static.geetest.com/gt.js"></script>`,
      '首页',
    ],
    ['a product page that names a system error', `<p>因系统错误造成的损失由平台承担</p>${long}`, '产品'],
    ['a page whose title says 升级 and whose text is long', long, '平台升级，回馈用户'],
    [
      'a landing page with a form for a code',
      '<p>最高可借二十万</p><p>请输入手机号</p><p>请输入验证码</p><p>立即领取</p>',
      '极速到账',
    ],
    ['a short page that names a validity check', '<p>第三方验证机构：某某认证中心</p>', '资质'],
  ])('stays ok for %s', (_what, body, title) => {
    expect(classifyAnswer(anAnswer({ markup: html(body, title) }))).toEqual({ outcome: 'ok', detail: '' });
  });

  it('is not-modified for 304 only where the request named an earlier answer', () => {
    expect(outcomeOf({ status: 304, isConditional: true })).toBe('not-modified');
  });

  it('looks past a whole navigation to the words of a missing page', () => {
    const nav = `<nav>${'<a href="/x">投资理财产品</a>'.repeat(60)}</nav>`;
    expect(outcomeOf({ markup: html(`${nav}<main><p>页面不存在</p></main>`, '某平台') })).toBe('gone');
  });

  it('takes an address redirected to the sign-in page for a wall, and the sign-in page itself for a page', () => {
    const markup = html('<p>请登录</p><input type="password">', '登录');
    expect(
      outcomeOf({ markup, requestedUrl: 'http://a.test/loan/1', finalUrl: 'http://a.test/user/login?back=1' }),
    ).toBe('login-wall');
    expect(outcomeOf({ markup, requestedUrl: 'http://a.test/user/login', finalUrl: 'http://a.test/user/login' })).toBe(
      'ok',
    );
    expect(outcomeOf({ requestedUrl: 'http://a.test/a', finalUrl: 'http://a.test/catalogin/b' })).toBe('ok');
  });

  it.each<[Outcome, 'length' | 'time' | 'disconnect']>([
    ['too-large', 'length'],
    ['timeout', 'time'],
    ['partial', 'disconnect'],
  ])('is %s for a body cut by %s, whatever it says', (outcome, truncated) => {
    expect(outcomeOf({ truncated })).toBe(outcome);
  });

  it('says more than the number where the page of an error does', () => {
    expect(outcomeOf({ status: 403, markup: html('<p>请完成安全验证</p>') })).toBe('captcha');
    expect(outcomeOf({ status: 503, markup: html('<p>系统维护中</p>') })).toBe('maintenance');
    expect(outcomeOf({ status: 403, markup: html(`<input type="password">${long}`) })).toBe('login-wall');
    expect(outcomeOf({ status: 404, markup: html('<p>系统维护中</p>') })).toBe('gone');
  });

  it('is download with the type for what is no HTML', () => {
    const pdf = { ...anAnswer({}), document: null, headers: [['Content-Type', 'application/pdf; x=1']] as HeaderPairs };
    expect(classifyAnswer(pdf)).toEqual({ outcome: 'download', detail: 'application/pdf' });
    const odd = { ...pdf, headers: [['Content-Type', '<script>']] as HeaderPairs };
    expect(classifyAnswer(odd).detail).toBe('no content type');
  });

  it('judges robots and sitemap files by status alone', () => {
    const file = { role: 'robots' as const, markup: '系统维护中' };
    expect(outcomeOf(file)).toBe('ok');
    expect(outcomeOf({ ...file, status: 404 })).toBe('gone');
    expect(outcomeOf({ ...file, status: 500 })).toBe('error-page');
    expect(outcomeOf({ ...file, byteLength: 0 })).toBe('empty');
  });

  it('is empty for a rendered page without text and ok for one with pictures alone', () => {
    const shell = html('<div id="app"></div><script src="/app.js"></script>');
    expect(outcomeOf({ markup: shell, isRendered: true })).toBe('empty');
    expect(outcomeOf({ markup: html('<img src="a.png"><script src="/app.js"></script>'), isRendered: true })).toBe(
      'ok',
    );
  });
});
