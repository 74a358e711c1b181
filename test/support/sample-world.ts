import { join } from 'node:path';
import { projectRoot } from '#libs/config';
import { type Channel, type Region } from '#libs/domain';
import { startFixtureServer, type FixturePage, type FixtureServer, type LoggedRequest } from './fixture-server';
import { readSampleSite } from './sample-site';

/** One invented platform of the sample world, in the words of a target list. */
export interface SamplePlatform {
  readonly slug: string;
  readonly name: string;
  readonly uscc: string;
  readonly region: Region;
  readonly targets: readonly { readonly channel: Channel; readonly url: string }[];
}

/** One request to one of the sites. */
export type SampleRequest = LoggedRequest & { readonly site: string };

/** Sites that listen, until closed. */
export interface SampleWorld {
  readonly platforms: readonly SamplePlatform[];
  /** What every site was asked for, site by site, each in order of arrival. */
  log(): readonly SampleRequest[];
  close(): Promise<void>;
}

interface Entry {
  readonly slug: string;
  readonly name: string;
  readonly uscc: string;
  readonly region: Region;
  /** Folder of the site and the path that is watched; one folder is one origin. */
  readonly targets: readonly { readonly channel: Channel; readonly site: string; readonly path: string }[];
}

const ENTRIES: readonly Entry[] = [
  {
    slug: 'nanqi',
    name: '楠栖网',
    uscc: '91330108MA000YQ13B',
    region: '330108',
    targets: [{ channel: 'website', site: 'nanqi', path: '/' }],
  },
  {
    slug: 'jinsuiwan',
    name: '金穗湾财富',
    uscc: '91440305MA000YQ210',
    region: '440305',
    targets: [
      { channel: 'website', site: 'jinsuiwan', path: '/' },
      { channel: 'ad', site: 'jiedeng', path: '/click/7788' },
    ],
  },
  {
    slug: 'muchuan',
    name: '沐川融',
    uscc: '91510104MA000YQ3X9',
    region: '510104',
    targets: [
      { channel: 'website', site: 'muchuan', path: '/' },
      { channel: 'app-listing', site: 'xingdian', path: '/app-muchuan.html' },
    ],
  },
];

/** Where the sites lie, seen from the sources and from `dist` alike. */
export function sitesFolder(): string {
  return join(projectRoot(), 'test/fixtures/sites');
}

/**
 * Serves the sample platforms on loopback, each site on its own port.
 *
 * @param firstPort The sites take this port and those after it; 0 takes any free ones.
 */
export async function startSampleWorld(firstPort = 0): Promise<SampleWorld> {
  const sites: { readonly slug: string; readonly server: FixtureServer }[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(sites.splice(0).map(({ server }) => server.close()));
  };
  const open = async (slug: string, uscc: string): Promise<string> => {
    // Filled after the port is known: robots.txt and sitemap name the origin.
    const pages: Record<string, FixturePage> = {};
    const server = await startFixtureServer({ pages, port: firstPort === 0 ? 0 : firstPort + sites.length });
    sites.push({ slug, server });
    Object.assign(pages, readSampleSite(join(sitesFolder(), slug), { origin: server.origin, uscc }));
    return server.origin;
  };
  try {
    const platforms: SamplePlatform[] = [];
    for (const { slug, name, uscc, region, targets } of ENTRIES) {
      const opened = [];
      for (const { channel, site, path } of targets) opened.push({ channel, url: (await open(site, uscc)) + path });
      platforms.push({ slug, name, uscc, region, targets: opened });
    }
    const log = () => sites.flatMap(({ slug, server }) => server.log.map((request) => ({ ...request, site: slug })));
    return { platforms, close, log };
  } catch (error) {
    await close();
    throw error;
  }
}
