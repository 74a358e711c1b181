import { chromium } from 'playwright';
import { type Look } from '#crawlers/runtime';
import { type BrowserLooker, type FoundBrowser } from '#crawlers/runtime/browser';
import { aBrowserLooker, aPass, bytesOf, describeWithBrowser, exchangesIn, testBrowser } from '../support/browser-look';
import { startFixtureServer, type FixtureServer, type FixtureServerOptions } from '../support/fixture-server';

jest.setTimeout(120_000);

const html = (body: string, head = ''): string =>
  `<!doctype html><html><head><meta charset="utf-8"><title>示例</title>${head}</head><body>${body}</body></html>`;

/** The colours of single pixels of a picture, decoded by the browser itself. */
async function pixelsOf(browser: FoundBrowser, picture: { bytes: Uint8Array; type: string }, at: [number, number][]) {
  const open = await chromium.launch({ executablePath: browser.path });
  try {
    const page = await open.newPage();
    const url = `data:${picture.type};base64,${Buffer.from(picture.bytes).toString('base64')}`;
    const script = `(async () => {
      const image = new Image(); image.src = ${JSON.stringify(url)}; await image.decode();
      const canvas = document.createElement('canvas'); canvas.width = image.width; canvas.height = image.height;
      const brush = canvas.getContext('2d'); brush.drawImage(image, 0, 0);
      const at = ${JSON.stringify(at)};
      return { width: image.width, height: image.height, colours: at.map(([x, y]) => [...brush.getImageData(x, y, 1, 1).data].slice(0, 3).join()) };
    })()`;
    return await page.evaluate<{ width: number; height: number; colours: string[] }>(script);
  } finally {
    await open.close();
  }
}

describeWithBrowser('what a page looked like', () => {
  let browser: FoundBrowser;
  let looker: BrowserLooker;
  const servers: FixtureServer[] = [];

  const serve = async (options: FixtureServerOptions): Promise<FixtureServer> => {
    const server = await startFixtureServer(options);
    servers.push(server);
    return server;
  };
  const lookAt = (url: string): Promise<Look> => {
    const { page, pass } = aPass(url, { allowAddresses: ['127.0.0.0/8', '::1/128'] });
    return looker.look(page, pass);
  };
  const visibleIn = (look: Look): string[] =>
    (look.document?.texts ?? []).filter(({ source }) => source === 'visible').map(({ text }) => text);

  beforeAll(async () => {
    browser = await testBrowser();
    looker = aBrowserLooker(browser);
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });
  afterAll(() => looker.close());

  it('sees frames of the same and of another site, in document, layout and exchanges', async () => {
    const other = await serve({ pages: { '/ad.html': html('<p>别处的首付贷</p>') } });
    const { origin } = await serve({
      pages: {
        '/': html(`<iframe src="/in.html"></iframe><iframe src="http://localhost:${other.port}/ad.html"></iframe>`),
        '/in.html': html('<p>自家的框</p>'),
      },
    });
    const look = await lookAt(`${origin}/`);
    expect(visibleIn(look)).toEqual(expect.arrayContaining(['自家的框', '别处的首付贷']));
    expect(look.document?.texts.find(({ text }) => text === '别处的首付贷')?.path).toBe(
      '/html[1]/body[1]/iframe[2]/html[1]/body[1]/p[1]',
    );
    expect(exchangesIn(look).find(({ url }) => url.endsWith('/ad.html'))?.status).toBe(200);
    expect(look.layout?.texts.map(({ text }) => text)).toEqual(expect.arrayContaining(['自家的框', '别处的首付贷']));
  });

  it('draws boxes where the picture shows them, also below the window and in frames', async () => {
    const block = (colour: string, text: string): string =>
      `<div style="height:60px;background:${colour};font-size:40px">${text}</div>`;
    const { origin } = await serve({
      pages: {
        '/': html(
          `<div style="height:100vh"></div>${block('rgb(0,200,0)', '绿')}<div style="height:1700px"></div>${block('rgb(200,0,0)', '红')}
           <iframe style="border:0;width:400px;height:100px;margin-left:50px" src="/in.html"></iframe>
           <div style="position:fixed;bottom:0">不动</div>`,
          '<style>body{margin:0}</style>',
        ),
        '/in.html': html(block('rgb(0,0,200)', '蓝'), '<style>body{margin:0}</style>'),
      },
    });
    const look = await lookAt(`${origin}/`);
    const boxOf = (text: string): { x: number; y: number; w: number; h: number } => {
      const box = look.layout?.texts.find((one) => one.text.trim() === text)?.boxes[0]?.box;
      if (box === undefined) throw new Error(`no box for ${text}`);
      return box;
    };
    const beside = (text: string): [number, number] => [
      Math.round(boxOf(text).x + boxOf(text).w + 8),
      Math.round(boxOf(text).y + boxOf(text).h / 2),
    ];
    const seen = await pixelsOf(browser, { bytes: bytesOf(look, 'screenshot'), type: 'image/webp' }, [
      beside('绿'),
      beside('红'),
      beside('蓝'),
    ]);
    expect(seen.colours).toEqual(['0,200,0', '200,0,0', '0,0,200']);
    expect([seen.width, seen.height]).toEqual([look.layout?.pageWidth, look.layout?.pageHeight]);
    expect(boxOf('绿').y).toBeGreaterThanOrEqual(800);
  });

  it('takes a page of 20,000 pixels as PNG and cuts one of 40,000 with a note', async () => {
    const tall = (height: number): string =>
      html(`<div style="height:${height}px"></div>`, '<style>body{margin:0}</style>');
    const { origin } = await serve({ pages: { '/20': tall(20_000), '/40': tall(40_000) } });
    const picture = async (path: string): Promise<unknown> => {
      const look = await lookAt(origin + path);
      const part = look.capture?.parts.find(({ name }) => name === 'screenshot');
      const header = Buffer.from(bytesOf(look, 'screenshot')).subarray(0, 24);
      return {
        type: part?.kind === 'resource' ? part.mediaType : '',
        isPng: header.subarray(1, 4).toString() === 'PNG',
        height: header.readUInt32BE(20), // — PNG specification, IHDR
        incomplete: look.capture?.incomplete,
      };
    };
    expect(await picture('/20')).toEqual({ type: 'image/png', isPng: true, height: 20_000, incomplete: [] });
    expect(await picture('/40')).toEqual({
      type: 'image/png',
      isPng: true,
      height: 30_000,
      incomplete: ['screenshot shows 30000 of 40000 px of height'],
    });
  });
});
