import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Command } from 'commander';
import { checkTargetUrl } from '#crawlers/runtime';
import { type Channel, InputInvalidError, type Target } from '#libs/domain';
import { TargetRepository } from '#libs/persistence';
import { type House, type HousePlace, openHouse } from '#apps/wiring';
import { CommandEnded } from '../exit';
import { type OrderOptions, readOrders } from '../orders';
import { type Terminal } from '../output';
import { refuseUnpacedOutside } from '../pace-permission';
import { readFailOn } from '../report-options';
import { runAndReport } from '../run-and-report';
import { commandLog, placeOf, settings } from '../settings';

interface CrawlOptions extends OrderOptions {
  platform?: string;
  channel: string;
  data?: string;
  failOn?: string;
  json?: boolean;
}

const CRAWLED: readonly string[] = ['website', 'app-listing', 'ad'];
/** Region of a platform that nobody registered. */
const UNREGISTERED = '00';

/** `crawl URL…`: one run now, through the whole line. */
export function addCrawl(program: Command, terminal: Terminal): void {
  program
    .command('crawl')
    .description('立即巡查一个或多个网址，走完整条线，打印巡查报告')
    .argument('<url...>', 'http(s) 网址')
    .option('--platform <name>', '机构名称；不给则用主机名')
    .option('--channel <channel>', '渠道：website、app-listing 或 ad', 'website')
    .option('--max-pages <n>', '每个对象最多访问的页数（默认 500）')
    .option('--render <how>', 'auto、http 或 browser', 'auto')
    .option('--as-of <date>', '按哪一天的规则判断（默认今天，北京时间）')
    .option('--data <dir>', '数据目录（内嵌数据库）；不给则新建一个临时目录')
    .option('--pace <per-second>', '每主机每秒请求数，或 none（仅限 --allow-address 之内）')
    .option('--allow-address <cidr...>', '允许访问的非公网地址段')
    .option('--fail-on <verdict>', 'flag：有疑似线索时退出码 10')
    .option('--json', '只输出 JSON 报告')
    .action(async (urls: string[], options: CrawlOptions) => crawl(urls, options, terminal));
}

async function crawl(urls: string[], options: CrawlOptions, terminal: Terminal): Promise<void> {
  const addresses = urls.map((url) => checkTargetUrl(url));
  const channel = readChannel(options.channel);
  const failOn = readFailOn(options.failOn);
  const orders = readOrders(options, { pacePerSecond: settings().CRAWL_PACE_PER_SECOND, now: new Date() });
  await refuseUnpacedOutside(orders, addresses);
  const place = crawlPlace(options.data, terminal);
  const house = await openHouse(settings(), place, commandLog());
  try {
    const targets = await registered(house, addresses, { platform: options.platform, channel });
    const request = { targets, trigger: 'manual', orders, handOver: false } as const;
    throw new CommandEnded(await runAndReport(house, request, { json: options.json === true, failOn }, terminal));
  } finally {
    await house.close();
  }
}

function readChannel(text: string): Channel {
  if (!CRAWLED.includes(text)) throw new InputInvalidError('option --channel', `"${text}"`, CRAWLED.join(', '));
  return text as Channel;
}

/** `--data`, else the database of the settings, else a fresh embedded store whose place is told. */
function crawlPlace(data: string | undefined, terminal: Terminal): HousePlace {
  if (data !== undefined || settings().DATABASE_URL !== undefined) return placeOf(data);
  const fresh = mkdtempSync(path.join(tmpdir(), 'mingcha-'));
  terminal.err(`证据与结果保存在 ${fresh}（用 --data 指定目录）\n`);
  return placeOf(fresh);
}

async function registered(
  house: House,
  addresses: readonly URL[],
  as: { platform: string | undefined; channel: Channel },
): Promise<Pick<Target, 'id' | 'url'>[]> {
  return house.store.inTransaction(async (tx) => {
    const targets = new TargetRepository(tx);
    const watched: Pick<Target, 'id' | 'url'>[] = [];
    for (const address of addresses) {
      const name = as.platform ?? address.host;
      const known = await targets.platformNamed(name);
      const platformId = known?.id ?? (await targets.register({ name, uscc: null, region: UNREGISTERED }));
      watched.push({ id: await targets.watch(platformId, as.channel, address.href), url: address.href });
    }
    return watched;
  });
}
