import { MAX_PAGES_PER_SERIES, SeriesSampler, seriesOf } from './series';

describe('a series of pages', () => {
  it.each([
    ['http://a.test/list?page=3', 'http://a.test/list?page={n}'],
    ['http://a.test/list?cat=2&p=14', 'http://a.test/list?cat=2&p={n}'],
    ['http://a.test/news/page/7', 'http://a.test/news/page/{n}?'],
    ['http://a.test/news/list_12.html', 'http://a.test/news/list_{n}.html?'],
    ['http://a.test/news/index_2.shtml', 'http://a.test/news/index_{n}.shtml?'],
    ['http://a.test/calendar/2018-03-01', 'http://a.test/calendar/{d}?'],
    ['http://a.test/c?year=2018&month=3', 'http://a.test/c?year={n}&month={n}'],
    ['http://a.test/a/b/a/b/a/b', 'http://a.test/{repeated}'],
  ])('has %s', (url, series) => {
    expect(seriesOf(url)).toBe(series);
  });

  it.each([
    'http://a.test/',
    'http://a.test/loan/12345.html',
    'http://a.test/loan?id=99',
    'http://a.test/product/7',
    'http://a.test/news/2018/0301/title.html?x=1'.replace('/2018/0301', '/a8'),
    'http://a.test/list?page=last',
    'http://a.test/p2p/about',
    'http://a.test/a/b/a',
  ])('has not %s, which stands for itself', (url) => {
    expect(seriesOf(url)).toBeNull();
  });

  it('lets the first twenty in, counts the rest and names one', () => {
    const sampler = new SeriesSampler();
    const admitted = Array.from({ length: 25 }, (_, n) => sampler.admits(`http://a.test/list?page=${n + 1}`));
    expect(admitted.filter(Boolean)).toHaveLength(MAX_PAGES_PER_SERIES);
    expect([sampler.leftOut, sampler.example]).toEqual([5, 'http://a.test/list?page=21']);
    expect(sampler.admits('http://a.test/other?page=1')).toBe(true);
    expect(sampler.admits('http://a.test/loan/1.html')).toBe(true);
  });
});
