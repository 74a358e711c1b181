import { type Outcome } from '#libs/domain';
import { type FixturePage } from './fixture-server';

/** One answer that looks like a page and is none. */
export interface NotAPage {
  readonly kind: string;
  readonly outcome: Outcome;
  readonly page: FixturePage;
  /** Where it is asked for, when that matters. */
  readonly path?: string;
}

const html = (title: string, body: string): string =>
  `<!doctype html><html><head><meta charset="utf-8"><title>${title}</title></head><body>${body}</body></html>`;

/** The frame of a whole site round some text: navigation, footer, hotline, filing number. */
const inSite = (text: string): string =>
  html(
    '某某贷 - 网络借贷信息中介平台',
    `<header><a href="/">某某贷</a></header><nav>${[
      '首页',
      '我要出借',
      '我要借款',
      '信息披露',
      '安全保障',
      '新手指引',
      '关于我们',
      '帮助中心',
    ]
      .map((name, nth) => `<a href="/nav/${nth}">${name}</a>`)
      .join('')}</nav><main>${text}</main>
     <footer><p>客服热线 400-000-0000 工作日 9:00-18:00</p><p>版权所有 某某网络科技有限公司 粤ICP备00000000号</p><p>市场有风险，出借需谨慎</p></footer>`,
  );

const plain = (kind: string, outcome: Outcome, title: string, body: string): NotAPage => ({
  kind,
  outcome,
  page: html(title, body),
});
const at = (status: number, kind: string, outcome: Outcome, body: string): NotAPage => ({
  kind,
  outcome,
  page: { status, body, headers: {} },
});

/** Walls that a visitor runs into. */
const WALLS: readonly NotAPage[] = [
  plain('slider captcha', 'captcha', '验证', '<p>请按住滑块，拖动到最右边</p><div class="nc-container"></div>'),
  plain(
    'picture captcha',
    'captcha',
    '安全验证',
    '<p>为了您的账户安全，请输入验证码</p><img src="/code.jpg"><input name="c">',
  ),
  plain(
    'click captcha of a service',
    'captcha',
    '请稍候',
    '<div id="embed"></div><script src="https://static.geetest.com/static/js/gt.0.5.0.js"></script>',
  ),
  at(
    503,
    'script challenge with 503',
    'captcha',
    html('Just a moment...', '<h2>Checking your browser before accessing</h2><script>window._cf_chl_opt={}</script>'),
  ),
  plain(
    'firewall script that sets a cookie',
    'blocked',
    '',
    "<script>var arg1='A1B2';function setCookie(){document.cookie='acw_sc__v2='+arg1}</script>",
  ),
  at(
    521,
    'firewall script under 521',
    'blocked',
    '<script>document.cookie=("__jsl_clearance=15.2|0|x");location.href=location.pathname</script>',
  ),
  at(
    405,
    'block page of a cloud firewall',
    'blocked',
    html(
      '405',
      '<div id="block"><p>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</p><p>您的请求ID是：7cc1</p></div>',
    ),
  ),
  plain(
    'firewall page under status 200',
    'blocked',
    '网站防火墙',
    '<h1>您的请求带有不合法参数，已被网站管理员设置拦截！</h1><p>可能原因：您提交的内容包含危险的攻击请求</p>',
  ),
  at(
    403,
    'access denied by a delivery network',
    'blocked',
    html(
      'Access Denied',
      "<h1>Access Denied</h1><p>You don't have permission to access this server. Reference #18.2d351ab8</p>",
    ),
  ),
  plain('region wall', 'blocked', '提示', '<p>抱歉，您所在的地区暂不支持访问本网站</p>'),
  plain('page that opens only in an app', 'blocked', '抱歉，出错了', '<p>请在微信客户端打开链接</p>'),
  plain('page for other browsers', 'blocked', '浏览器版本过低', '<p>您的浏览器版本过低，请升级浏览器后访问</p>'),
  plain(
    'domain blocked for want of filing',
    'blocked',
    '',
    '<p>该网站暂时无法进行访问</p><p>该网站未根据工信部相关法律进行备案</p>',
  ),
  plain('rate limit under status 200', 'throttled', '提示', '<p>您的访问过于频繁，请稍后再试</p>'),
  {
    kind: 'rate limit by status',
    outcome: 'throttled',
    page: { status: 429, body: '{"code":429}', headers: { 'retry-after': '1' } },
  },
  plain(
    'login form and nothing else',
    'login-wall',
    '用户登录',
    '<form><input name="u"><input type="password"><button>登录</button></form>',
  ),
  {
    kind: 'redirect to the sign-in page',
    outcome: 'login-wall',
    page: { status: 302, headers: { location: '/user/login?back=%2Fasset' } },
    path: '/asset',
  },
  {
    ...plain(
      'words that ask to sign in first',
      'login-wall',
      '某某贷',
      '<p>您还未登录，请先登录后查看</p><a href="/user/login">去登录</a>',
    ),
    path: '/loan/8',
  },
];

/** Pages that are not there, or stand for nothing. */
const ABSENT: readonly NotAPage[] = [
  {
    kind: 'soft 404 in the frame of the site',
    outcome: 'gone',
    page: inSite('<p>抱歉，您访问的页面不存在</p><a href="/">返回首页</a>'),
  },
  {
    kind: 'soft 404 of a product',
    outcome: 'gone',
    page: inSite('<p>该标的不存在或已下架</p>'),
    path: '/loan/77.html',
  },
  {
    kind: 'redirect to an error page',
    outcome: 'gone',
    page: { status: 302, headers: { location: '/404.html' } },
    path: '/news/31.html',
  },
  {
    kind: 'redirect of a missing article to the start page',
    outcome: 'gone',
    page: { status: 302, headers: { location: '/' } },
    path: '/news/2018/0301/31.html',
  },
  at(410, 'page taken away', 'gone', html('410 Gone', '<h1>Gone</h1>')),
  plain('domain for sale', 'parked', 'example.com', '<h1>该域名正在出售</h1><p>如需购买此域名请联系</p>'),
  plain('domain that ran out', 'parked', '域名已过期', '<p>您访问的域名已过期，请联系注册商续费</p>'),
  plain(
    'default page of a server',
    'parked',
    'Welcome to nginx!',
    '<h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed.</p>',
  ),
  plain(
    'default page of a panel',
    'parked',
    '恭喜，站点创建成功！',
    '<h3>这是默认index.html，本页面由系统自动生成</h3>',
  ),
  plain('site that is being built', 'parked', '网站建设中', '<h1>网站建设中，敬请期待</h1>'),
  plain(
    'listing of a directory',
    'parked',
    'Index of /',
    '<h1>Index of /</h1><pre><a href="../">../</a> <a href="bak/">bak/</a></pre>',
  ),
  plain('space shut off by the host', 'parked', '站点已暂停', '<h1>该站点已被管理员停止运行</h1><p>主机空间已到期</p>'),
];

/** Sites that are ill. */
const ILL: readonly NotAPage[] = [
  {
    kind: 'maintenance in the frame of the site',
    outcome: 'maintenance',
    page: inSite('<h2>系统升级公告</h2><p>系统正在升级维护中，预计今晚八点恢复服务，给您带来不便敬请谅解。</p>'),
  },
  at(503, 'maintenance under 503', 'maintenance', html('系统维护', '<p>系统维护中</p>')),
  plain(
    'notice that service has stopped',
    'maintenance',
    '公告',
    '<p>因业务调整，平台自即日起暂停服务，给您带来不便敬请谅解。</p>',
  ),
  at(
    502,
    'bad gateway',
    'error-page',
    html('502 Bad Gateway', '<center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center>'),
  ),
  plain('gateway error under status 200', 'error-page', '504 Gateway Time-out', '<h1>504 Gateway Time-out</h1>'),
  at(
    500,
    'stack trace',
    'error-page',
    html('HTTP Status 500', '<pre>java.lang.NullPointerException at com.p2p.LoanAction</pre>'),
  ),
  plain(
    'failed query shown to visitors',
    'error-page',
    '',
    '<b>Fatal error: </b>Uncaught PDOException: SQLSTATE[HY000] [2002] Connection refused',
  ),
  plain('busy system', 'error-page', '提示信息', '<p>系统繁忙，请稍后再试</p>'),
  {
    kind: 'error of an interface sent as a page',
    outcome: 'error-page',
    page: { type: 'text/html', body: '{"code":500,"msg":"服务器内部错误","data":null}' },
  },
  plain(
    'framework error page',
    'error-page',
    'Error',
    '<h1>Whitelabel Error Page</h1><p>This application has no explicit mapping for /error</p>',
  ),
];

/** Pages that did not come to an end. */
const UNFINISHED: readonly NotAPage[] = [
  plain('shell that scripts fill', 'partial', '某某贷', '<div id="app"></div><script src="/app.js"></script>'),
  plain(
    'template marks that nobody filled',
    'partial',
    '产品',
    `<h2>{{ product.name }}</h2><p>{{ product.rate }}</p>${'<p>出借需谨慎</p>'.repeat(40)}`,
  ),
  plain(
    'words that say it is loading',
    'partial',
    '某某贷',
    '<p>正在加载，请稍候...</p><script src="/app.js"></script>',
  ),
  plain(
    'words that ask for scripts',
    'partial',
    '某某贷',
    '<noscript>您需要启用 JavaScript 才能运行此应用</noscript><p>请开启JavaScript后访问</p><script src="/a.js"></script>',
  ),
  plain(
    'page that sends on by itself',
    'partial',
    '正在跳转',
    '<meta http-equiv="refresh" content="3; url=/next"><p>页面正在跳转，请稍候…</p>',
  ),
  {
    kind: 'part of a page',
    outcome: 'partial',
    page: { status: 206, body: inSite('出借需谨慎。'.repeat(60)), headers: { 'content-range': 'bytes 0-99/9999' } },
  },
  { kind: 'not modified, to a question without conditions', outcome: 'empty', page: { status: 304, body: '' } },
  { kind: 'no body', outcome: 'empty', page: '' },
  plain('no text', 'empty', '', '<div> &nbsp; </div>'),
];

/** Kinds of answers that are no page, as servers of the trade, their firewalls and their hosts give them. */
export const NOT_A_PAGE: readonly NotAPage[] = [...WALLS, ...ABSENT, ...ILL, ...UNFINISHED];

const essay = (text: string): string =>
  `<p>${text}</p><p>${'本平台是网络借贷信息中介机构，不承诺保本保息，出借需谨慎。'.repeat(20)}</p>`;

/** Pages that use the same words and are pages. */
export const STILL_A_PAGE: Readonly<Record<string, string>> = {
  'help that explains a captcha': inSite(essay('登录时请输入验证码，拖动滑块完成安全验证。')),
  'notice of maintenance next week': inSite(essay('系统维护公告：本周六凌晨系统升级维护，期间暂停服务两小时。')),
  'agreement that speaks of what does not exist': inSite(essay('若页面内容不存在或已失效，以合同为准。')),
  'start page with a login box': inSite(
    `<form><input type="password"></form>${essay('登录后查看更多标的，请先登录。')}`,
  ),
  'help for old browsers': inSite(essay('您的浏览器版本过低时，请升级浏览器；请在微信客户端打开。')),
  'notice that the platform stops': inSite(essay('即日起平台停止运营，站点已暂停新标的，存量项目按期兑付。')),
  'short page about the company': inSite(
    '<h1>公司简介</h1><p>某某网络科技有限公司成立于二零一三年，注册资本五千万元，注册地为深圳。</p>',
  ),
  'short contact page': inSite('<h1>联系我们</h1><p>地址：深圳市福田区。邮编：518000。</p>'),
  'loan that is full': inSite('<h1>标的详情</h1><p>借款金额 10,000 元，期限 6 个月，进度 100%，已满标。</p>'),
  'page about building a house': inSite(
    '<h1>建设中的项目</h1><p>借款用途：企业厂房建设中，资金用于购买设备，借款期限十二个月。</p>',
  ),
  'leaflet of a picture': html('活动', '<img src="/banner.jpg" alt="">'),
};
