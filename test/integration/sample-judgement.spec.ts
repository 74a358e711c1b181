import { join } from 'node:path';
import { type Channel, type QuoteAbout } from '#libs/domain';
import { decodeHtml, parseHtml } from '#libs/html';
import { judgePage, loadPack } from '#classifiers/engine';
import { readPage } from '#classifiers/extraction';
import { projectRoot } from '#libs/config';
import { type FixturePage } from '../support/fixture-server';
import { sampleExpectations, showsWords } from '../support/sample-expectations';
import { readSampleSite } from '../support/sample-site';
import { sitesFolder } from '../support/sample-world';

/** One quote of a page that is no `drop`, said so that a failing test shows everything needed. */
interface Shown {
  readonly page: string;
  readonly ruleId: string;
  readonly verdict: string;
  readonly quote: string;
  readonly segment: string;
}

const pack = loadPack(join(projectRoot(), 'classifiers/rulepacks/notice-57'));
const { asOf, platforms, families } = sampleExpectations();

/** Carriers that need a browser: what only a script brings into the page. */
const BY_SCRIPT = new Set(['tab-fetched-on-click', 'script-from-json']);

function htmlOf(page: FixturePage): string {
  const body = (typeof page === 'string' ? page : page.body) ?? '';
  return typeof body === 'string' ? body : decodeHtml(body, 'text/html').html;
}

function judgeSite(site: string, platformName: string, channel: Channel): Shown[] {
  const served = readSampleSite(join(sitesFolder(), site), { origin: `http://${site}.test`, uscc: '9' });
  const pages = Object.entries(served).flatMap(([path, page]) =>
    path.endsWith('.html') ? [{ path, html: htmlOf(page) }] : [],
  );
  return pages.flatMap(({ path, html }) => {
    const reading = readPage({
      document: parseHtml(html),
      layout: null,
      url: `http://${site}.test${path}`,
      linkText: '',
      channel,
      isHome: path === '/index.html',
      contentSha256: '',
    });
    return judgePage(reading, pack, { asOf, channel, platformName })
      .filter(({ verdict }) => verdict !== 'drop')
      .map(({ ruleId, verdict, about }) => {
        const { quote, segmentText } = about as QuoteAbout;
        return { page: path, ruleId, verdict, quote, segment: segmentText };
      });
  });
}

const SITES: Readonly<Record<string, readonly { site: string; name: string; channel: Channel }[]>> = {
  nanqi: [{ site: 'nanqi', name: '楠栖网', channel: 'website' }],
  jinsuiwan: [
    { site: 'jinsuiwan', name: '金穗湾财富', channel: 'website' },
    { site: 'jiedeng', name: '金穗湾财富', channel: 'ad' },
  ],
  muchuan: [
    { site: 'muchuan', name: '沐川融', channel: 'website' },
    { site: 'xingdian', name: '沐川融', channel: 'app-listing' },
  ],
};

const judged = Object.entries(SITES).map(([platform, sites]) => ({
  platform,
  expected: platforms[platform],
  shown: sites.map((it) => ({ channel: it.channel, found: judgeSite(it.site, it.name, it.channel) })),
}));

const say = ({ page, ruleId, verdict, quote, segment }: Shown): string =>
  `${page} ${ruleId} ${verdict}: ${quote} <- ${segment.slice(0, 80)}`;

describe.each(judged)('the pages of $platform, judged as they are served', ({ platform, expected, shown }) => {
  const all = shown.flatMap(({ found }) => found);

  it('give nothing to look at when the platform is clean', () => {
    expect(expected).toBeDefined();
    expect(expected?.clean === true ? all.map(say) : []).toEqual([]);
  });

  it('give no flag and no review on words that only look like an offer', () => {
    const wrong = (expected?.nearMisses ?? []).flatMap((miss) =>
      all
        .filter(
          (it) =>
            it.page === miss.path &&
            families[miss.family]?.includes(it.ruleId) === true &&
            showsWords({ quote: it.quote, segment: it.segment }, miss.quote),
        )
        .map(say),
    );
    expect(wrong).toEqual([]);
  });

  it('give up what is planted in their markup', () => {
    const wanted = (expected?.found ?? []).filter(({ carrier }) => !BY_SCRIPT.has(carrier));
    const missed = wanted.filter(
      (want) =>
        !shown.some(
          ({ channel, found }) =>
            channel === (want.channel ?? 'website') &&
            found.some(
              (it) =>
                it.ruleId === want.ruleId &&
                (want.least === 'review' || it.verdict === 'flag') &&
                showsWords({ quote: it.quote, segment: it.segment }, want.quote),
            ),
        ),
    );
    expect(missed.map(({ ruleId, least, quote }) => `${platform} ${ruleId} ${least}: ${quote}`)).toEqual([]);
  });
});
