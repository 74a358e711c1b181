import { type Command } from 'commander';
import { migrate, openStore } from '#libs/persistence';
import { type Check, examine } from '../doctor';
import { CommandEnded } from '../exit';
import { jsonText, type Terminal } from '../output';
import { placeOf, settings } from '../settings';

interface UpkeepOptions {
  data?: string;
  json?: boolean;
}

/** `migrate` and `doctor`: is the house in order. */
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
