import { readFile } from 'node:fs/promises';
import { type Command } from 'commander';
import { openHouse } from '#apps/wiring';
import { InputInvalidError } from '#libs/domain';
import { type Store, TargetRepository } from '#libs/persistence';
import { CommandEnded } from '../exit';
import { jsonText, type Terminal } from '../output';
import { commandLog, placeOf, settings } from '../settings';
import { readTargetTable, TARGET_COLUMNS, type TargetRow } from '../target-table';

interface TargetOptions {
  data?: string;
  json?: boolean;
}

/** `targets import | list | template`: the list of who is watched, in the offices' table shape. */
export function addTargets(program: Command, terminal: Terminal): void {
  const targets = program.command('targets').description('监测对象清单');
  targets
    .command('import')
    .argument('<file>', 'CSV 文件（UTF-8 或 GB18030）')
    .option('--data <dir>', '数据目录')
    .option('--json', '输出 JSON')
    .action(async (file: string, options: TargetOptions) => importTargets(file, options, terminal));
  targets
    .command('list')
    .option('--data <dir>', '数据目录')
    .option('--json', '输出 JSON')
    .action(async (options: TargetOptions) => listTargets(options, terminal));
  targets.command('template').action(() => terminal.out(`${TARGET_COLUMNS.join(',')}\n`));
}

async function importTargets(file: string, options: TargetOptions, terminal: Terminal): Promise<void> {
  const { rows, bad } = readTargetTable(await bytesOf(file));
  if (bad.length > 0) {
    if (options.json) terminal.out(jsonText({ imported: 0, bad }));
    for (const cell of bad) terminal.err(`第 ${cell.line} 行 ${cell.column}：${cell.reason}\n`);
    terminal.err('没有导入任何一行；改正后再导入\n');
    throw new CommandEnded(2);
  }
  const house = await openHouse(settings(), placeOf(options.data), commandLog());
  try {
    await registerAll(house.store, rows);
    terminal.out(options.json ? jsonText({ imported: rows.length, bad: [] }) : `已导入 ${rows.length} 个监测对象\n`);
  } finally {
    await house.close();
  }
}

/** All rows in one transaction: a failure in the middle registers nothing. */
function registerAll(store: Store, rows: readonly TargetRow[]): Promise<void> {
  return store.inTransaction(async (tx) => {
    const targets = new TargetRepository(tx);
    for (const row of rows) {
      const platformId = await targets.register({ name: row.platform, uscc: row.uscc, region: row.region });
      await targets.watch(platformId, row.channel, row.url);
    }
  });
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new InputInvalidError(`file ${file}`, (error as NodeJS.ErrnoException).code ?? 'an error', 'a readable file');
  }
}

async function listTargets(options: TargetOptions, terminal: Terminal): Promise<void> {
  const house = await openHouse(settings(), placeOf(options.data), commandLog());
  try {
    const targets = await new TargetRepository(house.store.pool).active(null);
    if (options.json) terminal.out(jsonText({ targets }));
    else for (const target of targets) terminal.out(`${target.platform}\t${target.channel}\t${target.url}\n`);
  } finally {
    await house.close();
  }
}
