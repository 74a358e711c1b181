import { scopeOf } from './scope';

describe('the scope of a target', () => {
  it.each<[string, string, boolean]>([
    ['https://www.pingan-dai.test/', 'http://m.pingan-dai.test/x', true],
    ['https://www.dai.com.cn/', 'https://loan.dai.com.cn:8443/', true],
    ['https://www.dai.com.cn/', 'https://other.com.cn/', false],
    ['https://dai.cn/', 'https://dai.cn.evil.test/', false],
    ['https://dai.cn/', 'https://notdai.cn/', false],
    ['https://a.github.io/', 'https://b.github.io/', false],
    ['http://127.0.0.1:4801/', 'http://127.0.0.1:4801/x', true],
    ['http://127.0.0.1:4801/', 'http://127.0.0.1:4802/', false],
    ['http://localhost:3000/', 'http://localhost:3001/', false],
    ['http://[::1]:80/', 'http://[::1]/x', true],
    ['https://网贷.中国/', 'https://www.xn--ur0aq8z.xn--fiqs8s/', true],
    ['https://dai.cn/', 'ftp://dai.cn/', false],
  ])('of %s: %s belongs: %s', (start, url, belongs) => {
    expect(scopeOf(start)(url)).toBe(belongs);
  });
});
