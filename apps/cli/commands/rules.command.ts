import path from 'node:path';
import { type Command } from 'commander';
import { loadChecklist } from '#classifiers/disclosure';
import { loadPack } from '#classifiers/engine';
import { checkSamples } from '#classifiers/samples';
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
