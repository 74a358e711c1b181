import { type BrowserLooker } from '#crawlers/runtime/browser';
import { aBrowserLooker, describeWithBrowser, testBrowser } from '../support/browser-look';
import { CrawlRig } from '../support/crawl-rig';
import { HIDDEN_OFFERS, hiddenPlatform } from '../support/hidden-offers';
import { RecordingDesk } from '../support/recording-desk';

jest.setTimeout(180_000);

describeWithBrowser('a platform that hides its offers', () => {
  let rig: CrawlRig;
  let looker: BrowserLooker;
  const reached = new Map<string, string>();

  beforeAll(async () => {
    rig = await CrawlRig.serving({ pages: hiddenPlatform(() => rig.server.origin) });
    looker = aBrowserLooker(await testBrowser(), { browsers: 2 });
    const desk = new RecordingDesk();
    for (let pass = 0; pass < 3; pass += 1) {
      await rig.crawler().crawl(await rig.passAt(desk), desk);
      if (desk.inState('render').length === 0) break;
      const pages = desk.inState('render');
      await rig.crawler(looker).crawl(await rig.passAt(desk, {}, { by: 'browser', pages }), desk);
    }
    for (const { document, visit } of desk.looks)
      for (const { offer } of HIDDEN_OFFERS)
        if (document?.texts.some(({ text }) => text.includes(offer)) === true)
          reached.set(offer, visit.isRendered ? 'browser' : (reached.get(offer) ?? 'HTTP'));
  });
  afterAll(async () => {
    await looker.close();
    await rig.close();
  });

  it.each(HIDDEN_OFFERS)('keeps none from us in: $place', ({ offer }) => {
    expect(reached.get(offer)).toMatch(/browser|HTTP/);
  });
});
