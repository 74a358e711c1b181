import { ListingUnreadableError } from '#libs/domain';
import { parseHtml } from '#libs/html';
import { landingAdapter } from './landing.adapter';

const visit = {
  requestedUrl: 'http://ad.test/click/7',
  finalUrl: 'http://lender.test/land',
  redirects: [
    { url: 'http://ad.test/click/7', status: 302, location: 'http://ad.test/jump' },
    { url: 'http://ad.test/jump', status: 302, location: 'http://lender.test/land' },
  ],
};
const read = (html: string) => landingAdapter.read({ visit, document: parseHtml(html) }).creatives[0];

describe('reading a landing page', () => {
  it('gives its heading, its words and the way to it', () => {
    expect(read('<title>页</title><main><h1>急用钱？三分钟到账</h1><p>凭身份证借款</p><p>不限用途</p></main>')).toEqual(
      {
        position: 1,
        marked: false,
        title: '急用钱？三分钟到账',
        text: '凭身份证借款 不限用途',
        displayUrl: 'http://ad.test/click/7',
        landingChain: ['http://ad.test/click/7', 'http://ad.test/jump', 'http://lender.test/land'],
      },
    );
  });

  it.each(['广告', ' 【广告】 ', '推广', 'AD', '(Sponsored)'])('sees the mark %j', (mark) => {
    expect(read(`<h1>借款</h1><div>${mark}</div>`)?.marked).toBe(true);
  });

  it.each(['本页不是广告', '广告合作', '推广大使招募', 'ADD'])('takes %j for no mark', (words) => {
    expect(read(`<h1>借款</h1><div>${words}</div>`)?.marked).toBe(false);
  });

  it('sees no mark that is hidden', () => {
    expect(read('<h1>借款</h1><div style="display:none">广告</div>')?.marked).toBe(false);
  });

  it('refuses a page without any text', () => {
    expect(() => read('<img src="a.png">')).toThrow(ListingUnreadableError);
  });
});
