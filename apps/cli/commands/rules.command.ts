import path from 'node:path';
import { type Command } from 'commander';
import { loadChecklist } from '#classifiers/disclosure';
import { loadPack } from '#classifiers/engine';
import { checkSamples } from '#classifiers/samples';
import { trainPack } from '#classifiers/training';
import { CommandEnded } from '../exit';
import { jsonText, type Terminal } from '../output';
import { packDirectory } from '../settings';

interface RulesOptions {
  pack?: string;
  json?: boolean;
}

/** `rules check` proves every rule by its own samples; `rules list` tells what is in the pack. */
export function addRules(program: Command, terminal: Terminal): void {
  const rules = program.command('rules').description('规则包');
  rules
    .command('check')
    .description('用每条规则自带的样例检验规则')
    .option('--pack <dir>', '规则包目录')
    .option('--json', '输出 JSON')
    .action((options: RulesOptions) => check(options, terminal));
  rules
    .command('list')
    .description('列出规则')
    .option('--pack <dir>', '规则包目录')
    .option('--json', '输出 JSON')
    .action((options: RulesOptions) => list(options, terminal));
  rules
    .command('train')
    .description('由 training/ 中的标注文本训练规则包的统计模型（写入规则包目录的 model.json）')
    .option('--pack <dir>', '规则包目录')
    .option('--json', '输出 JSON')
    .action((options: RulesOptions) => learn(options, terminal));
}

const directoryOf = (options: RulesOptions) =>
  options.pack === undefined ? packDirectory() : path.resolve(options.pack);

function check(options: RulesOptions, terminal: Terminal): void {
  const pack = loadPack(directoryOf(options));
  const failures = checkSamples(pack, loadChecklist(directoryOf(options)));
  const summary = { pack: pack.name, version: pack.version, rules: pack.rules.length, failures };
  if (options.json) terminal.out(jsonText(summary));
  else {
    for (const failure of failures)
      terminal.out(`不符 ${failure.ruleId} ${failure.expected}，实为 ${failure.found}：${failure.text}\n`);
    terminal.out(`规则包 ${pack.name}@${pack.version}：${pack.rules.length} 条规则，${failures.length} 处样例不符\n`);
  }
  if (failures.length > 0) throw new CommandEnded(2);
}

const STEPS = { read: '读取标注文本', fold: '交叉训练', weigh: '定权与定阈值', whole: '整体训练' } as const;

function learn(options: RulesOptions, terminal: Terminal): void {
  const startedAt = performance.now();
  const trained = trainPack(directoryOf(options), (step, done, of) => {
    if (terminal.isInteractive) terminal.err(`\r\x1b[2K${STEPS[step]} ${String(done)}/${String(of)}`);
  });
  if (terminal.isInteractive) terminal.err('\r\x1b[2K');
  const ms = Math.round(performance.now() - startedAt);
  if (options.json) terminal.out(jsonText({ ...trained, ms }));
  else {
    const what = trained.isNew ? `已训练，用时 ${String(ms)} 毫秒` : '模型与规则、标注一致，无须重训';
    terminal.out(`模型 ${trained.digest}（标注文本 ${String(trained.lessons)} 条）：${what}\n`);
  }
}

function list(options: RulesOptions, terminal: Terminal): void {
  const pack = loadPack(directoryOf(options));
  const rows = pack.rules.map((rule) => ({
    id: rule.id,
    title: rule.title,
    severity: rule.severity,
    version: rule.ruleVersion,
  }));
  if (options.json) terminal.out(jsonText({ pack: pack.name, version: pack.version, rules: rows }));
  else for (const row of rows) terminal.out(`${row.severity}\t${row.id}\t${row.title}\t${row.version}\n`);
}
