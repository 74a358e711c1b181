import { foundPagesOf } from './page-links';
import { scopeOf } from './scope';

const context = {
  base: 'http://a.test/dir/',
  isInScope: scopeOf('http://a.test/'),
  depth: 2,
  persona: 'desktop',
} as const;
const found = (href: string, text = '链接') => foundPagesOf([{ href, text, kind: 'anchor' }], context);

describe('the pages that links lead to', () => {
  it.each([
    ['/user/logout', '我'],
    ['/logout.do?x=1', '退出'],
    ['/account?action=delete&id=3', '处理'],
    ['/sign-out', 'x'],
    ['/safe', '安全退出'],
    ['/x', ' 注销账号 '],
    ['/newsletter/unsubscribe', 'x'],
    ['/banner.JPG', 'x'],
    ['/app.apk', '下载'],
    ['/style.css?v=2', 'x'],
    ['http://b.test/', 'x'],
    ['javascript:void(0)', 'x'],
    ['', 'x'],
  ])('leave %j (%s) out', (href, text) => {
    const pages = found(href, text);
    expect(pages.filter(({ url }) => url !== context.base)).toEqual([]);
  });

  it.each([
    ['/deleted-users-policy', '隐私'],
    ['/exit-rules.html', '退出机制'],
    ['/help/cancel-loan-rules'.replace('cancel-', 'how-to-cancel'), '如何取消借款'],
    ['/report.pdf', '审计报告'],
    ['/blog/catalog', 'x'],
    ['/fuwu', '注销账号的说明'],
  ])('keep %j (%s)', (href, text) => {
    expect(found(href, text)).toHaveLength(1);
  });

  it('are each there once, as first linked, with the text of that link', () => {
    const links = ['a.html?utm_source=x', 'a.html', '/dir/a.html#b'].map((href, n) => ({
      href,
      text: ` 第${n} `,
      kind: 'anchor' as const,
    }));
    expect(foundPagesOf(links, context)).toEqual([
      {
        url: 'http://a.test/dir/a.html?utm_source=x',
        urlKey: 'http://a.test/dir/a.html',
        role: 'page',
        depth: 2,
        priority: 100,
        linkText: '第0',
        persona: 'desktop',
      },
    ]);
  });

  it('are urgent by the words of the link before those of the address', () => {
    const order = [
      ['/a/1', '信息披露'],
      ['/a/2', '我要出借'],
      ['/a/3', '校园分期'],
      ['/a/4', '服务协议'],
      ['/a/5', '平台公告'],
      ['/a/6', '帮助中心'],
      ['/a/7', '关于我们'],
      ['/a/8', '客户端下载'],
      ['/a/9', '邀请有奖活动'],
      ['/a/10', '随便'],
      ['/a/11', '媒体动态'],
    ].map(([href = '', text]) => found(href, text)[0]?.priority ?? 0);
    expect([...order].sort((a, b) => a - b)).toEqual(order);
    expect(new Set(order).size).toBe(order.length);
    expect(found('/news/xxpl', '信息披露')[0]?.priority).toBe(found('/xxpl/', '')[0]?.priority);
    expect(found('/list?page=2', '下一页')[0]?.priority).toBeGreaterThan(found('/list', '列表')[0]?.priority ?? 0);
  });
});
