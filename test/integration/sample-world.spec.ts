import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sitesFolder, startSampleWorld, type SamplePlatform, type SampleWorld } from '../support/sample-world';

interface Expected {
  readonly platforms: Readonly<
    Record<
      string,
      {
        readonly found: readonly {
          readonly paths: readonly string[];
          readonly quote: string;
          readonly channel?: string;
        }[];
        readonly nearMisses: readonly { readonly path: string; readonly quote: string }[];
      }
    >
  >;
}

const expected = JSON.parse(readFileSync(join(sitesFolder(), 'expected.json'), 'utf8')) as Expected;

/** What two writings of the same words share: no tags, no white space, no zero-width characters. */
const bare = (text: string): string => text.replace(/<[^>]*>/g, '').replace(/[\s\u200b"]/g, '');

const USCC_DIGITS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** — GB 32100-2015, annex A: weights are powers of three modulo 31 */
function hasValidCheckDigit(uscc: string): boolean {
  const sum = [...uscc.slice(0, 17)].reduce((all, digit, i) => all + USCC_DIGITS.indexOf(digit) * (3 ** i % 31), 0);
  return uscc.length === 18 && USCC_DIGITS[(31 - (sum % 31)) % 31] === uscc[17];
}

async function textAt(url: string): Promise<string> {
  const answer = await fetch(url);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const charset = /<meta charset="([\w-]+)"/.exec(bytes.toString('latin1'))?.[1] ?? 'utf-8';
  return new TextDecoder(charset, { fatal: true }).decode(bytes);
}

/** Every address of a site that its pages, frames, scripts and sitemap name, followed until nothing new turns up. */
async function walk(start: string): Promise<Map<string, number>> {
  const { origin } = new URL(start);
  const statuses = new Map<string, number>();
  const waiting = [start];
  for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
    if (statuses.has(url)) continue;
    const answer = await fetch(url);
    const text = Buffer.from(await answer.arrayBuffer()).toString('latin1');
    statuses.set(url, answer.status);
    for (const [, address = ''] of text.matchAll(/(?:href="|src="|fetch\('|<loc>)([^"'<]+)/g)) {
      const next = new URL(address, answer.url);
      if (next.origin === origin) waiting.push(next.href);
    }
  }
  return statuses;
}

describe('the sample world', () => {
  let world: SampleWorld;
  const platform = (slug: string): SamplePlatform => {
    const found = world.platforms.find((one) => one.slug === slug);
    if (!found) throw new Error(`no sample platform ${slug}`);
    return found;
  };
  const originOf = (slug: string, channel: string): string =>
    new URL(platform(slug).targets.find((target) => target.channel === channel)?.url ?? '').origin;

  beforeAll(async () => {
    world = await startSampleWorld();
  });
  afterAll(() => world.close());

  it('gives every platform a credit code whose check digit is right', () => {
    expect(world.platforms.filter((one) => !hasValidCheckDigit(one.uscc))).toEqual([]);
    expect(new Set(world.platforms.map((one) => one.uscc)).size).toBe(3);
  });

  it('has no dead link on any of its sites', async () => {
    for (const { targets } of world.platforms) {
      for (const { url } of targets) {
        const statuses = await walk(url);
        expect([...statuses].filter(([, status]) => status !== 200)).toEqual([]);
        expect(statuses.size).toBeGreaterThan(0);
      }
    }
  });

  it('reaches every page of the bad platform from its home page, its series of twelve included', async () => {
    const paths = [...(await walk(`${originOf('jinsuiwan', 'website')}/`)).keys()].map((url) => new URL(url).pathname);
    expect(paths.filter((path) => path.startsWith('/products/'))).toHaveLength(12);
    expect(paths).toHaveLength(25);
  });

  it('serves one page of the hiding platform in GBK and says so in the page alone', async () => {
    const answer = await fetch(`${originOf('muchuan', 'website')}/guide.html`);
    expect(answer.headers.get('content-type')).toBe('text/html');
    const bytes = await answer.arrayBuffer();
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow();
    expect(new TextDecoder('gb2312').decode(bytes)).toContain('风险缓释金');
  });

  it('leads from the advertisement to its landing page in two hops', async () => {
    const start = platform('jinsuiwan').targets.find((target) => target.channel === 'ad')?.url ?? '';
    const hops: string[] = [];
    for (let url: string | null = start; url !== null;) {
      const answer: Response = await fetch(url, { redirect: 'manual' });
      const location = answer.headers.get('location');
      hops.push(`${answer.status}`);
      url = location === null ? null : new URL(location, url).href;
    }
    expect(hops).toEqual(['302', '302', '200']);
  });

  it('gives PDF files that its pages link, made on the spot', async () => {
    const answer = await fetch(`${originOf('nanqi', 'website')}/files/nanqi-audit-2016.pdf`);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(await answer.text()).toMatch(/^%PDF-1\.4[^]*nanqi-audit-2016[^]*%%EOF\n$/);
  });

  it('answers an unknown path with 404 and keeps a log of who asked for what', async () => {
    const origin = originOf('nanqi', 'website');
    const answer = await fetch(`${origin}/nothing-here`, { headers: { 'user-agent': 'a visitor' } });
    expect(answer.status).toBe(404);
    expect(world.log()).toContainEqual(
      expect.objectContaining({ site: 'nanqi', path: '/nothing-here', userAgent: 'a visitor' }),
    );
  });

  const found = Object.entries(expected.platforms).flatMap(([slug, truth]) =>
    truth.found.map((entry) => ({ slug, ...entry })),
  );
  it.each(found)('$slug shows what must be found: $quote', async ({ slug, paths, quote, channel }) => {
    const origin = originOf(slug, channel ?? 'website');
    const pages = paths.includes('*') ? ['/'] : paths;
    // What a script or a click brings in lies in a file of its own.
    const brought = slug === 'muchuan' && !channel ? ['/api/quick.json', '/fragment/young-offer.html'] : [];
    const texts = await Promise.all([...pages, ...brought].map((path) => textAt(origin + path)));
    const raw = texts.join('\n');
    expect(bare(raw) + raw.replace(/\s/g, '')).toContain(bare(quote));
  });

  const misses = Object.entries(expected.platforms).flatMap(([slug, truth]) =>
    truth.nearMisses.map((entry) => ({ slug, ...entry })),
  );
  it.each(misses)('$slug shows what must be passed over: $quote', async ({ slug, path, quote }) => {
    expect(bare(await textAt(`${originOf(slug, 'website')}${path}`))).toContain(bare(quote));
  });

  it('frees its ports when closed', async () => {
    const other = await startSampleWorld();
    const url = other.platforms[0]?.targets[0]?.url ?? '';
    await other.close();
    await expect(fetch(url)).rejects.toThrow();
  });
});
