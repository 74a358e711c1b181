import { type Command } from 'commander';
import { type House, openHouse, runFinished } from '#apps/wiring';
import { InputInvalidError, isId, type PlatformId, type RunId } from '#libs/domain';
import { RunRepository, TargetRepository } from '#libs/persistence';
import { CommandEnded } from '../exit';
import { type OrderOptions, readOrders } from '../orders';
import { type Terminal } from '../output';
import { refuseUnpacedOutside } from '../pace-permission';
import { readFailOn } from '../report-options';
import { reportRun, runAndReport } from '../run-and-report';
import { commandLog, placeOf, settings } from '../settings';

interface RunOptions extends OrderOptions {
  all?: boolean;
  platform?: string[];
  data?: string;
  failOn?: string;
  handOver?: boolean;
  json?: boolean;
}

/** `run` over the registered targets, and `runs show`. */
export function addRun(program: Command, terminal: Terminal): void {
  program
    .command('run')
    .description('巡查已登记的监测对象，打印巡查报告')
    .option('--all', '全部监测对象')
    .option('--platform <name-or-id...>', '只巡查这些机构')
    .option('--max-pages <n>', '每个对象最多访问的页数（默认 500）')
    .option('--render <how>', 'auto、http 或 browser', 'auto')
    .option('--as-of <date>', '按哪一天的规则判断（默认今天，北京时间）')
    .option('--data <dir>', '数据目录（内嵌数据库）；不给则按设置')
    .option('--pace <per-second>', '每主机每秒请求数，或 none（仅限 --allow-address 之内）')
    .option('--allow-address <cidr...>', '允许访问的非公网地址段')
    .option('--fail-on <verdict>', 'flag：有疑似线索时退出码 10')
    .option('--hand-over', '只下达任务，由 worker 进程执行')
    .option('--json', '只输出 JSON 报告')
    .action(async (options: RunOptions) => run(options, terminal));
  const runs = program.command('runs').description('巡查批次');
  runs
    .command('resume')
    .description('完成先前中断的巡查批次')
    .option('--data <dir>', '数据目录')
    .option('--json', '只输出 JSON 报告')
    .action(async (options: RunOptions) => resume(options, terminal));
  runs
    .command('show')
    .description('再次打印一个批次的巡查报告')
    .argument('<id>', '批次编号')
    .option('--data <dir>', '数据目录')
    .option('--json', '只输出 JSON 报告')
    .action(async (id: string, options: RunOptions) => show(id, options, terminal));
}

async function run(options: RunOptions, terminal: Terminal): Promise<void> {
  const orders = readOrders(options, { pacePerSecond: settings().CRAWL_PACE_PER_SECOND, now: new Date() });
  const failOn = readFailOn(options.failOn);
  if (!options.all && !options.platform) {
    throw new InputInvalidError('command run', 'neither --all nor --platform', 'one of them');
  }
  const house = await openHouse(settings(), placeOf(options.data), commandLog());
  try {
    const targets = await chosen(house, options.platform ?? null);
    await refuseUnpacedOutside(
      orders,
      targets.map((target) => new URL(target.url)),
    );
    const request = { targets, trigger: 'manual', orders, handOver: options.handOver === true } as const;
    throw new CommandEnded(await runAndReport(house, request, { json: options.json === true, failOn }, terminal));
  } finally {
    await house.close();
  }
}

async function chosen(house: House, platforms: readonly string[] | null) {
  const targets = new TargetRepository(house.store.pool);
  if (platforms === null) return targets.active(null);
  const ids: PlatformId[] = [];
  for (const name of platforms) {
    const id = isId(name) ? (name as PlatformId) : (await targets.platformNamed(name))?.id;
    if (id === undefined)
      throw new InputInvalidError('option --platform', `"${name}"`, 'the id or the name of a registered platform');
    ids.push(id);
  }
  return targets.active(ids);
}

/** Works until no run is unfinished; prints the report of the latest that was. */
async function resume(options: RunOptions, terminal: Terminal): Promise<void> {
  const house = await openHouse(settings(), placeOf(options.data), commandLog());
  try {
    const unfinished = await new RunRepository(house.store.pool).unfinished();
    const latest = unfinished.at(-1);
    if (latest === undefined) {
      terminal.err('没有中断的批次\n');
      return;
    }
    await house.work();
    for (const runId of unfinished) await runFinished(house, runId, () => undefined);
    throw new CommandEnded(await reportRun(house, latest, { json: options.json === true, failOn: null }, terminal));
  } finally {
    await house.close();
  }
}

async function show(id: string, options: RunOptions, terminal: Terminal): Promise<void> {
  if (!isId(id)) throw new InputInvalidError('run id', `"${id}"`, 'an id as the run report gives it');
  const house = await openHouse(settings(), placeOf(options.data), commandLog());
  try {
    throw new CommandEnded(
      await reportRun(house, id as RunId, { json: options.json === true, failOn: null }, terminal),
    );
  } finally {
    await house.close();
  }
}
