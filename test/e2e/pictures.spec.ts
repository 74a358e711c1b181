import sharp from 'sharp';
import { type RunReport } from '#libs/reporting';
import { aBanner, drawing, words } from '../support/drawn-picture';
import { type FixtureServer, startFixtureServer } from '../support/fixture-server';
import { aDirectory, type Ended, mingcha } from '../support/mingcha';

const page = (body: string): string =>
  `<!doctype html><html><head><title>测试平台</title></head><body><nav><a href="/">首页</a><a href="/about.html">关于我们</a></nav>${body}<p>网贷有风险，出借须谨慎。</p></body></html>`;

describe('pictures of a page, through the whole line', () => {
  let server: FixtureServer;
  let data: Awaited<ReturnType<typeof aDirectory>>;
  let ended: Ended;
  let report: RunReport;

  const crawl = () =>
    mingcha([
      ...['crawl', `${server.origin}/`, '--platform', '图文贷', '--json', '--as-of', '2018-03-15'],
      ...['--allow-address', '127.0.0.0/8', '--pace', 'none', '--data', data.path],
    ]);

  beforeAll(async () => {
    data = await aDirectory();
    const banner = await aBanner('平台设立风险备付金', '逾期本息全额垫付');
    const seal = await sharp(drawing(400, 120, words('本平台不设风险备付金', 20, 70, 'font-size="32"')))
      .png()
      .toBuffer();
    server = await startFixtureServer({
      pages: {
        '/': page('<h1>欢迎</h1><img src="/banner.png" width="320" height="100">'),
        '/about.html': page('<h1>关于我们</h1><img src="/seal.png"><img src="/broken.png">'),
        '/banner.png': { body: banner, type: 'image/png' },
        '/seal.png': { body: seal, type: 'image/png' },
        '/broken.png': { body: banner.subarray(0, banner.length - 500), type: 'image/png' },
      },
    });
    ended = await crawl();
    report = JSON.parse(ended.stdout) as RunReport;
  }, 120_000);

  afterAll(async () => {
    await server.close();
    await data.clear();
  });

  const inPictures = () => report.targets[0]?.findings.filter(({ source }) => source === 'ocr') ?? [];

  it('finds the slogan of a banner, on the page and under the rule that it breaks', () => {
    const found = inPictures().filter(({ ruleId }) => ruleId === 'risk-reserve-advertising');
    expect(found.map(({ quote, url }) => [quote, new URL(url).pathname])).toEqual([['风险备付金', '/']]);
  });

  it('boxes its words on the page, as large as the picture was drawn', () => {
    const box = inPictures().find(({ ruleId }) => ruleId === 'risk-reserve-advertising')?.box;
    // Drawn at half its size: the slogan is 24 px high there, five of its nine characters are quoted.
    expect(box?.h).toBeGreaterThan(15);
    expect(box?.h).toBeLessThan(40);
    expect(box?.w).toBeGreaterThan(80);
    expect(box?.w).toBeLessThan(160);
  });

  it('accuses nobody for a picture that denies it', () => {
    expect(inPictures().filter(({ url }) => url.endsWith('/about.html'))).toEqual([]);
  });

  it('says which picture it could not read', () => {
    const gaps = report.targets[0]?.coverage.gaps.filter(({ code }) => code === 'not-read');
    expect(gaps?.map(({ url, detail }) => [new URL(url).pathname, detail])).toEqual([
      ['/broken.png', 'picture rejected: undecodable'],
    ]);
  });
});
