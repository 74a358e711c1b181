import { type Command } from 'commander';
import { openHouse } from '#apps/wiring';
import { migrate, openStore } from '#libs/persistence';
import { type Check, examine } from '../doctor';
import { CommandEnded } from '../exit';
import { jsonText, type Terminal } from '../output';
import { commandLog, placeOf, settings } from '../settings';

interface UpkeepOptions {
  data?: string;
  json?: boolean;
}

/** `migrate`, `doctor` and `evidence verify`: is the house in order. */
export function addUpkeep(program: Command, terminal: Terminal): void {
  program
    .command('migrate')
    .description('把数据库结构更新到本版本')
    .option('--data <dir>', '数据目录')
    .action(async (options: UpkeepOptions) => migrateNow(options, terminal));
  program
    .command('doctor')
    .description('检查本机需要的一切是否就绪')
    .option('--data <dir>', '数据目录')
    .option('--json', '输出 JSON')
    .action(async (options: UpkeepOptions) => doctor(options, terminal));
  program
    .command('evidence')
    .description('证据')
    .command('verify')
    .description('逐字节核对库中全部证据与日志；有改动时退出码 7')
    .option('--data <dir>', '数据目录')
    .option('--json', '输出 JSON')
    .action(async (options: UpkeepOptions) => verify(options, terminal));
}

async function migrateNow(options: UpkeepOptions, terminal: Terminal): Promise<void> {
  const place = placeOf(options.data);
  const store = await openStore({ databaseUrl: place.databaseUrl ?? undefined, dataDirectory: place.dataDirectory });
  try {
    await migrate(store);
    terminal.out('数据库结构已是最新\n');
  } finally {
    await store.close();
  }
}

async function doctor(options: UpkeepOptions, terminal: Terminal): Promise<void> {
  const checks: Check[] = await examine(settings(), placeOf(options.data));
  if (options.json) terminal.out(jsonText({ checks }));
  else for (const { name, isGood, detail } of checks) terminal.out(`${isGood ? '正常' : '异常'}  ${name}：${detail}\n`);
  if (checks.some((check) => !check.isGood)) throw new CommandEnded(6);
}

async function verify(options: UpkeepOptions, terminal: Terminal): Promise<void> {
  const house = await openHouse(settings(), placeOf(options.data), commandLog());
  try {
    const result = await house.evidence.verify();
    if (options.json) terminal.out(jsonText(result));
    else {
      for (const problem of result.problems)
        terminal.out(`异常 ${problem.code} ${problem.evidenceId ?? ''} ${problem.detail}\n`);
      terminal.out(
        `证据 ${result.treeSize} 条，部件 ${result.checkedParts} 个，异常 ${result.problems.length} 处，根 ${result.root}\n`,
      );
    }
    if (result.problems.length > 0) throw new CommandEnded(7);
  } finally {
    await house.close();
  }
}
