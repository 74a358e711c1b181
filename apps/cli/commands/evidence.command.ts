import { readFileSync } from 'node:fs';
import { type Command } from 'commander';
import { openHouse } from '#apps/wiring';
import { InputInvalidError } from '#libs/domain';
import { type SignedStatement } from '#libs/evidence';
import { CommandEnded } from '../exit';
import { jsonText, type Terminal } from '../output';
import { commandLog, placeOf, settings } from '../settings';

interface EvidenceOptions {
  data?: string;
  checkpoint?: string[];
  json?: boolean;
}

/** `evidence verify` and `evidence checkpoint`: is everything as it was sealed, and what is signed of it. */
export function addEvidence(program: Command, terminal: Terminal): void {
  const evidence = program.command('evidence').description('证据');
  evidence
    .command('verify')
    .description('逐字节核对证据、日志与签名；有改动时退出码 7')
    .option('--data <dir>', '数据目录')
    .option('--checkpoint <file...>', '另行保存的日志检查点：日志必须仍与之一致')
    .option('--json', '输出 JSON')
    .action(async (options: EvidenceOptions) => verifyStore(options, terminal));
  evidence
    .command('checkpoint')
    .description('为日志现状签名，打印检查点（C2SP）；请在系统之外另存一份')
    .option('--data <dir>', '数据目录')
    .option('--json', '输出 JSON')
    .action(async (options: EvidenceOptions) => checkpoint(options, terminal));
}

async function verifyStore(options: EvidenceOptions, terminal: Terminal): Promise<void> {
  const outside = (options.checkpoint ?? []).map(statementIn);
  const house = await openHouse(settings(), placeOf(options.data), commandLog());
  try {
    const result = await house.evidence.verify(outside);
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

function statementIn(file: string): SignedStatement {
  try {
    return { where: file, note: readFileSync(file, 'utf8') };
  } catch (error) {
    throw new InputInvalidError(
      'option --checkpoint',
      (error as Error).message,
      'a file as "evidence checkpoint" prints it',
    );
  }
}

async function checkpoint(options: EvidenceOptions, terminal: Terminal): Promise<void> {
  const house = await openHouse(settings(), placeOf(options.data), commandLog());
  try {
    const { note, treeSize, root, fingerprint } = await house.transparency.sign();
    terminal.out(options.json ? jsonText({ treeSize, root, fingerprint, checkpoint: note }) : note);
  } finally {
    await house.close();
  }
}
