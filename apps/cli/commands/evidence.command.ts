import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Command } from 'commander';
import { exportEvidence, type ExportSubject, openHouse, rejudgeBundle, type RejudgedHit } from '#apps/wiring';
import { type FindingId, InputInvalidError, isId, type RunId } from '#libs/domain';
import { type SignedStatement } from '#libs/evidence';
import { CommandEnded } from '../exit';
import { jsonText, type Terminal } from '../output';
import { runVerifier } from '../run-verifier';
import { commandLog, packDirectory, placeOf, settings } from '../settings';

interface EvidenceOptions {
  data?: string;
  checkpoint?: string[];
  fingerprint?: string;
  run?: string;
  finding?: string;
  out?: string;
  json?: boolean;
}

/** `evidence verify`, `export`, `rejudge` and `checkpoint`: whether it stands, and that others can see that it does. */
export function addEvidence(program: Command, terminal: Terminal): void {
  const evidence = program.command('evidence').description('证据');
  evidence
    .command('verify')
    .description('逐字节核对一个库或一个证据包：证据、日志与签名；有改动时退出码 7')
    .argument('[path]', '数据目录或证据包；不给则为设置中的库')
    .option('--fingerprint <hex>', '公布的日志密钥指纹，与证据包的签名密钥比对；不给而有 --data 时取该库的密钥')
    .option('--data <dir>', '数据目录')
    .option('--checkpoint <file...>', '另行保存的日志检查点：日志必须仍与之一致')
    .option('--json', '输出 JSON')
    .action(async (place: string | undefined, options: EvidenceOptions) => verifyAt(place, options, terminal));
  evidence
    .command('export')
    .description('导出一条线索或一个批次的证据包（BagIt），可脱离本系统核验')
    .option('--run <id>', '批次')
    .option('--finding <id>', '线索')
    .requiredOption('--out <path>', '写到哪里，须尚不存在')
    .option('--data <dir>', '数据目录')
    .option('--json', '输出 JSON')
    .action(async (options: EvidenceOptions) => exportBundle(options, terminal));
  evidence
    .command('rejudge')
    .description('由证据包中的原件和规则重新得出每处命中，列出差异；包有改动时退出码 7')
    .argument('<path>', '证据包')
    .option('--fingerprint <hex>', '公布的日志密钥指纹')
    .option('--json', '输出 JSON')
    .action(async (place: string, options: EvidenceOptions) => rejudge(place, options, terminal));
  evidence
    .command('checkpoint')
    .description('为日志现状签名，打印检查点（C2SP）；请在系统之外另存一份')
    .option('--data <dir>', '数据目录')
    .option('--json', '输出 JSON')
    .action(async (options: EvidenceOptions) => checkpoint(options, terminal));
}

async function verifyAt(place: string | undefined, options: EvidenceOptions, terminal: Terminal): Promise<void> {
  if (place === undefined) return verifyStore(options, terminal);
  if (isBundle(place)) return verifyBundle(place, options, terminal);
  if (existsSync(path.join(place, 'pg')) || existsSync(path.join(place, 'warc'))) {
    return verifyStore({ ...options, data: place }, terminal);
  }
  throw new InputInvalidError('path', `"${place}"`, 'a data directory or an evidence bundle');
}

const isBundle = (place: string): boolean => existsSync(path.join(place, 'bagit.txt'));

async function verifyBundle(place: string, options: EvidenceOptions, terminal: Terminal): Promise<void> {
  const code = await runVerifier(place, await pinOf(options), { isJson: options.json === true, terminal });
  if (code !== 0) throw new CommandEnded(code);
}

/** The fingerprint to compare with: the one given, else that of the store named, else none. */
async function pinOf(options: EvidenceOptions): Promise<string | null> {
  if (options.fingerprint !== undefined) {
    if (/^[0-9a-f]{64}$/i.test(options.fingerprint)) return options.fingerprint.toLowerCase();
    throw new InputInvalidError(
      'option --fingerprint',
      `"${options.fingerprint}"`,
      '64 hex digits, as "doctor" shows them',
    );
  }
  if (options.data === undefined) return null;
  const house = await openHouse(settings(), placeOf(options.data), commandLog());
  try {
    return (await house.transparency.key()).fingerprint;
  } finally {
    await house.close();
  }
}

async function exportBundle(options: EvidenceOptions, terminal: Terminal): Promise<void> {
  const subject = subjectOf(options);
  const place = placeOf(options.data);
  const house = await openHouse(settings(), place, commandLog());
  try {
    const way = { place, packDirectory: packDirectory(), out: options.out ?? '' };
    const exported = await exportEvidence(house, subject, way);
    if (options.json) terminal.out(jsonText(exported));
    else
      terminal.out(
        `已导出 ${exported.path}：线索 ${exported.findings} 条，证据 ${exported.evidence} 条，签名密钥指纹 ${exported.fingerprint}\n`,
      );
  } finally {
    await house.close();
  }
}

function subjectOf({ run, finding }: EvidenceOptions): ExportSubject {
  const id = run ?? finding;
  if (id === undefined || (run !== undefined && finding !== undefined)) {
    throw new InputInvalidError(
      'command evidence export',
      id === undefined ? 'no subject' : 'two subjects',
      '--run or --finding',
    );
  }
  if (!isId(id)) throw new InputInvalidError('id', `"${id}"`, 'an id as the run report gives it');
  return run === undefined ? { kind: 'finding', id: id as FindingId } : { kind: 'run', id: id as RunId };
}

const OUTCOMES: Readonly<Record<RejudgedHit['outcome'], string>> = {
  identical: '一致',
  different: '不同',
  'not-derivable': '不可单独得出',
};

async function rejudge(place: string, options: EvidenceOptions, terminal: Terminal): Promise<void> {
  if (!isBundle(place)) throw new InputInvalidError('path', `"${place}"`, 'an evidence bundle');
  const beside = (text: string): void => terminal.err(text);
  const code = await runVerifier(place, await pinOf(options), {
    isJson: false,
    terminal: { out: beside, err: beside },
  });
  if (code !== 0) throw new CommandEnded(code);
  const hits = await rejudgeBundle(place);
  const count = (outcome: RejudgedHit['outcome']) => hits.filter((hit) => hit.outcome === outcome).length;
  const counts = { hits: hits.length, identical: count('identical'), different: count('different') };
  if (options.json) return terminal.out(jsonText({ ...counts, notDerivable: count('not-derivable'), results: hits }));
  for (const { outcome, finding, ruleId, url, differences } of hits) {
    terminal.out(`${OUTCOMES[outcome]} ${finding} ${ruleId} ${url}\n`);
    for (const line of differences) terminal.out(`      ${line}\n`);
  }
  terminal.out(`命中 ${counts.hits} 处，一致 ${counts.identical} 处，不同 ${counts.different} 处\n`);
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
