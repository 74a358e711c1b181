import { open as openFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { type Command } from 'commander';
import { loadPack } from '#classifiers/engine';
import { chinaDay, InputInvalidError, isDay } from '#libs/domain';
import { classifyLine, type ClassifyInput, classifyOne, type ClassifyOrders } from '../classify';
import { CommandEnded } from '../exit';
import { type Terminal } from '../output';
import { packDirectory } from '../settings';

interface ClassifyOptions {
  input?: string;
  asOf?: string;
  all?: boolean;
  json?: boolean;
}

/** `classify [FILE…|-]`: judges text without crawling. */
export function addClassify(program: Command, terminal: Terminal): void {
  program
    .command('classify')
    .description('判断文本、网页或 JSONL，不抓取')
    .argument('[files...]', '文件；- 或不给则读标准输入')
    .option('--input <kind>', 'text、html 或 jsonl', 'text')
    .option('--as-of <date>', '按哪一天的规则判断（北京时间日历日）')
    .option('--all', '连同判为无害的命中（drop）一起输出')
    .option('--json', '输出 JSON')
    .action(async (files: string[], options: ClassifyOptions) => classify(files, options, terminal));
}

async function classify(files: string[], options: ClassifyOptions, terminal: Terminal): Promise<void> {
  const orders = ordersFrom(options);
  const sources = files.length > 0 ? files : ['-'];
  let usable = 0;
  for (const file of sources) {
    usable +=
      orders.input === 'jsonl'
        ? await classifyLines(file, orders, terminal)
        : await classifyFile(file, orders, options, terminal);
  }
  if (usable === 0) throw new CommandEnded(2);
}

function ordersFrom(options: ClassifyOptions): ClassifyOrders {
  const input = options.input ?? 'text';
  if (input !== 'text' && input !== 'html' && input !== 'jsonl') {
    throw new InputInvalidError('option --input', `"${input}"`, 'text, html or jsonl');
  }
  const asOf = options.asOf ?? chinaDay(new Date());
  if (!isDay(asOf)) throw new InputInvalidError('option --as-of', `"${asOf}"`, 'a calendar day, YYYY-MM-DD');
  return { input, asOf, withDrops: options.all === true, pack: loadPack(packDirectory()) };
}

/** The bytes of a file, or of standard input. @throws {InputInvalidError} when the file cannot be opened. */
async function opened(file: string): Promise<NodeJS.ReadableStream> {
  if (file === '-') return process.stdin;
  try {
    return (await openFile(file)).createReadStream();
  } catch (error) {
    throw new InputInvalidError(`file ${file}`, (error as NodeJS.ErrnoException).code ?? 'an error', 'a readable file');
  }
}

/** One answer per line, in order, written as it is ready; gives how many lines were usable. */
async function classifyLines(file: string, orders: ClassifyOrders, terminal: Terminal): Promise<number> {
  let usable = 0;
  let number = 0;
  for await (const line of createInterface({ input: await opened(file), crlfDelay: Infinity })) {
    number += 1;
    if (line.trim() === '') continue;
    const answer = classifyLine(orders, line, number);
    if (!('error' in answer)) usable += 1;
    terminal.out(`${JSON.stringify(answer)}\n`);
  }
  return usable;
}

async function classifyFile(
  file: string,
  orders: ClassifyOrders,
  options: ClassifyOptions,
  terminal: Terminal,
): Promise<number> {
  const chunks: Buffer[] = [];
  for await (const chunk of await opened(file)) chunks.push(Buffer.from(chunk));
  const input: ClassifyInput = { id: file, bytes: Buffer.concat(chunks) };
  const answer = classifyOne(orders, input);
  if (options.json) terminal.out(`${JSON.stringify(answer)}\n`);
  else {
    for (const hit of answer.hits)
      terminal.out(`${hit.verdict}\t${hit.ruleId}\t${hit.score.toFixed(2)}\t${hit.quote ?? ''}\n`);
    if (answer.hits.length === 0) terminal.out('没有命中\n');
  }
  return 1;
}
