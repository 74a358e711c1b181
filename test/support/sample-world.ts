import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { type Channel, type Region } from '#libs/domain';
import { readSampleSite, type SampleReply } from './sample-site';

/** One invented platform of the sample world, in the words of a target list. */
export interface SamplePlatform {
  readonly slug: string;
  readonly name: string;
  readonly uscc: string;
  readonly region: Region;
  readonly targets: readonly { readonly channel: Channel; readonly url: string }[];
}

/** One request that a sample site answered, in the order of arrival. */
export interface SampleRequest {
  readonly at: Date;
  readonly site: string;
  readonly path: string;
  readonly userAgent: string;
  readonly status: number;
}

/** Sites that listen, until closed. */
export interface SampleWorld {
  readonly platforms: readonly SamplePlatform[];
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

/** Where the sites lie: found from the sources and from `dist` alike. */
export function sitesFolder(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return join(folder, 'test/fixtures/sites');
}

const NOT_FOUND: SampleReply = {
  status: 404,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: Buffer.from('<!DOCTYPE html><title>404</title><p>页面不存在</p>'),
};

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

class SampleSite {
  private replies: ReadonlyMap<string, SampleReply> = new Map();
  private readonly server = createServer((request, response) => this.answer(request, response));

  constructor(
    private readonly slug: string,
    private readonly requests: SampleRequest[],
  ) {}

  async start(port: number, uscc: string): Promise<string> {
    const origin = await listen(this.server, port);
    this.replies = readSampleSite(join(sitesFolder(), this.slug), { origin, uscc });
    return origin;
  }

  async close(): Promise<void> {
    if (!this.server.listening) return;
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '/';
    const reply = this.replies.get(path) ?? NOT_FOUND;
    const userAgent = request.headers['user-agent'] ?? '';
    this.requests.push({ at: new Date(), site: this.slug, path, userAgent, status: reply.status });
    response.writeHead(reply.status, { ...reply.headers, 'content-length': reply.body.length });
    response.end(request.method === 'HEAD' ? undefined : reply.body);
  }
}

/**
 * Serves the sample platforms on loopback, each site on its own port.
 *
 * @param firstPort The sites take this port and those after it; 0 takes any free ones.
 */
export async function startSampleWorld(firstPort = 0): Promise<SampleWorld> {
  const requests: SampleRequest[] = [];
  const sites: SampleSite[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(sites.map((site) => site.close()));
  };
  const open = async (slug: string, uscc: string): Promise<string> => {
    const site = new SampleSite(slug, requests);
    sites.push(site);
    return site.start(firstPort === 0 ? 0 : firstPort + sites.length - 1, uscc);
  };
  try {
    const platforms: SamplePlatform[] = [];
    for (const { slug, name, uscc, region, targets } of ENTRIES) {
      const opened = [];
      for (const { channel, site, path } of targets) opened.push({ channel, url: (await open(site, uscc)) + path });
      platforms.push({ slug, name, uscc, region, targets: opened });
    }
    return { platforms, close, log: () => [...requests] };
  } catch (error) {
    await close();
    throw error;
  }
}
