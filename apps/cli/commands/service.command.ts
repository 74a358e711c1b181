import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { type Command } from 'commander';
import { environmentWith, projectRoot } from '#libs/config';
import { CommandEnded } from '../exit';

interface ServiceOptions {
  data?: string;
  host?: string;
  port?: string;
}

/** `serve` and `worker`: start the long-running programs with the settings of this one. */
export function addServices(program: Command): void {
  program
    .command('serve')
    .description('启动服务：接口与控制台；内嵌方式下同一进程也执行巡查')
    .option('--data <dir>', '数据目录')
    .option('--host <address>', '监听地址')
    .option('--port <port>', '监听端口')
    .action(async (options: ServiceOptions) => start('api', options));
  program
    .command('worker')
    .description('再启动一个执行巡查的进程（需要 DATABASE_URL 与 REDIS_URL）')
    .option('--data <dir>', '证据文件目录')
    .action(async (options: ServiceOptions) => start('worker', options));
}

/** Runs a program until it ends; signals that reach this process reach the program. */
async function start(name: 'api' | 'worker', options: ServiceOptions): Promise<void> {
  const program = path.join(projectRoot(), 'dist', 'apps', name, 'main.js');
  const child = spawn(process.execPath, [program], { stdio: 'inherit', env: environmentOf(options) });
  const hand = (signal: NodeJS.Signals) => child.kill(signal);
  process.on('SIGINT', hand).on('SIGTERM', hand);
  const [code] = (await once(child, 'exit')) as [number | null];
  process.off('SIGINT', hand).off('SIGTERM', hand);
  throw new CommandEnded(code ?? 70);
}

function environmentOf({ data, host, port }: ServiceOptions): NodeJS.ProcessEnv {
  return environmentWith({
    ...(data === undefined ? {} : { MINGCHA_DATA: path.resolve(data) }),
    ...(host === undefined ? {} : { HOST: host }),
    ...(port === undefined ? {} : { PORT: port }),
  });
}
