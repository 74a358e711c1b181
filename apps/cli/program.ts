import { Command } from 'commander';
import { addClassify } from './commands/classify.command';
import { addCrawl } from './commands/crawl.command';
import { addEvidence } from './commands/evidence.command';
import { addOcr } from './commands/ocr.command';
import { addRules } from './commands/rules.command';
import { addRun } from './commands/run.command';
import { addServices } from './commands/service.command';
import { addTargets } from './commands/targets.command';
import { addUpkeep } from './commands/upkeep.command';
import { type Terminal } from './output';

/** The command line with all its commands; bad usage throws instead of ending the process. */
export function buildProgram(terminal: Terminal): Command {
  const program = new Command('mingcha')
    .description('明察：网贷机构营销合规监测')
    .helpOption('-h, --help', '显示帮助')
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.out(text), writeErr: (text) => terminal.err(text) });
  addCrawl(program, terminal);
  addRun(program, terminal);
  addClassify(program, terminal);
  addOcr(program, terminal);
  addTargets(program, terminal);
  addRules(program, terminal);
  addServices(program);
  addEvidence(program, terminal);
  addUpkeep(program, terminal);
  inheritExits(program);
  return program;
}

/** Sub-commands made with `command()` copy settings only when they are made; the ones nested deeper need the same. */
function inheritExits(command: Command): void {
  for (const child of command.commands) {
    child.copyInheritedSettings(command);
    inheritExits(child);
  }
}
