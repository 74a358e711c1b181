import { execFile } from 'node:child_process';
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadChecklist } from '#classifiers/disclosure';
import { loadPack } from '#classifiers/engine';
import { exportEvidence } from '#apps/wiring';
import { projectRoot } from '#libs/config';
import { type CapturePart, type FindingId, type RunId } from '#libs/domain';
import { signCheckpoint } from '#libs/evidence/log';
import { TransparencyLog, WarcEvidenceStore } from '#libs/evidence/warc';
import { bundleAsset } from '#libs/evidence/warc/bundle';
import { type Store } from '#libs/persistence';
import { anExchange } from './captures';
import { aPart, aQuote, Seed } from './seed';

const PACK = path.join(projectRoot(), 'classifiers/rulepacks/notice-57');
const TEXT = '平台设立千万级风险备付金，逾期本息全额垫付';

/** A house as far as exports need it, with one finding on three looks, in a directory of its own. */
export class ExportDesk {
  readonly directory = mkdtempSync(path.join(tmpdir(), 'mingcha-export-'));
  private readonly seed: Seed;
  private readonly judging = { pack: loadPack(PACK), checklist: loadChecklist(PACK), rules: new Map() };

  private constructor(
    readonly store: Store,
    private readonly evidence: WarcEvidenceStore,
    readonly transparency: TransparencyLog,
    private readonly dataDirectory: string,
  ) {
    this.seed = new Seed(store.pool, evidence);
  }

  static async on(store: Store): Promise<ExportDesk> {
    const directory = mkdtempSync(path.join(tmpdir(), 'mingcha-store-'));
    const transparency = new TransparencyLog({
      database: store,
      key: { file: path.join(directory, 'keys', 'log-key.pem'), isProvided: false },
      directory: path.join(directory, 'checkpoints'),
    });
    const evidence = await WarcEvidenceStore.open({
      database: store,
      directory: path.join(directory, 'warc'),
      transparency,
    });
    return new ExportDesk(store, evidence, transparency, directory);
  }

  /** Seals looks of one platform, the first three of which show one finding. */
  async aFinding(looks = 4): Promise<{ finding: FindingId; run: RunId }> {
    const { seed } = this;
    const platform = await seed.platform(`平台 ${Math.random()}`);
    const run = await seed.run();
    const task = await seed.task(run, platform);
    const finding = await seed.finding(platform);
    for (let at = 0; at < looks; at += 1) {
      const look = await seed.visit(task, platform, `https://p2p.example/${finding}/${at}`);
      const evidence = await this.seal(look, at);
      if (at < 3) await seed.place(finding, look, evidence, aQuote(TEXT, '风险备付金'));
    }
    return { finding, run };
  }

  private seal(look: Awaited<ReturnType<Seed['visit']>>, at: number) {
    const html = Buffer.from(`<html><main><p>${TEXT.replace('千万级', '<b>千万级</b>')}</p><i>${at}</i></main></html>`);
    const parts: CapturePart[] = [
      { name: 'exchange-0', kind: 'exchange', exchange: anExchange({ url: look.url, body: html }) },
      aPart('dom', 'text/html;charset=utf-8', html),
      aPart('screenshot', 'image/png', Buffer.from(`picture ${at}`)),
    ];
    return this.seed.seal(look, parts);
  }

  /** Exports into a new place and gives it. */
  async export(subject: Parameters<typeof exportEvidence>[1], name: string): Promise<string> {
    const { store, evidence, transparency, judging } = this;
    await evidence.close();
    const place = { databaseUrl: null, redisUrl: null, dataDirectory: this.dataDirectory };
    const out = path.join(this.directory, name);
    await exportEvidence({ store, evidence, transparency, judging }, subject, { place, packDirectory: PACK, out });
    return out;
  }

  keyFile(): string {
    return path.join(this.dataDirectory, 'keys', 'log-key.pem');
  }

  async close(): Promise<void> {
    await this.evidence.close();
    rmSync(this.directory, { recursive: true, force: true });
    rmSync(this.dataDirectory, { recursive: true, force: true });
  }
}

/** What a verifier said: its exit code and, where it gives them, the codes of what it found. */
export interface Verdict {
  readonly exitCode: number;
  readonly codes: readonly string[];
  readonly output: string;
}

function run(command: string, args: readonly string[], cwd: string, env = process.env): Promise<[number, string]> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve([error ? Number(error.code) || 70 : 0, stdout + stderr]);
    });
  });
}

/** Runs the verifier that lies in the bundles, the house's copy of it. */
export async function verified(bundle: string, fingerprint: string): Promise<Verdict> {
  const args = [bundleAsset('verify.mjs'), bundle, '--json', '--fingerprint', fingerprint];
  const [exitCode, output] = await run(process.execPath, args, bundle);
  const codes = (JSON.parse(output) as { problems: { code: string }[] }).problems.map(({ code }) => code);
  return { exitCode, codes: [...new Set(codes)], output };
}

/** Runs the commands printed in the instructions, as a person would who copies them into a shell. */
export async function verifiedByShell(bundle: string, fingerprint: string): Promise<Verdict> {
  const page = readFileSync(bundleAsset('how-to-verify.md'), 'utf8');
  const script = /```sh\n([^]*?)```/.exec(page)?.[1] ?? 'exit 99';
  const [exitCode, output] = await run('bash', ['-c', script], bundle, { ...process.env, FINGERPRINT: fingerprint });
  return { exitCode, codes: [], output };
}

/** A bundle in the hands of somebody who may change everything in it. */
export class Forgery {
  private constructor(readonly bundle: string) {}

  static of(bundle: string): Forgery {
    const copy = mkdtempSync(path.join(tmpdir(), 'mingcha-forged-'));
    cpSync(bundle, copy, { recursive: true });
    return new Forgery(copy);
  }

  at(place: string): string {
    return path.join(this.bundle, place);
  }

  bytes(place: string): Buffer {
    return readFileSync(this.at(place));
  }

  write(place: string, bytes: string | Uint8Array): void {
    writeFileSync(this.at(place), bytes);
  }

  edit(place: string, change: (text: string) => string): void {
    const before = this.bytes(place).toString('latin1');
    const after = change(before);
    if (before === after) throw new Error(`nothing was changed in ${place}`);
    this.write(place, Buffer.from(after, 'latin1'));
  }

  /** The first record of the log in this bundle. */
  firstRecord(): string {
    return `data/records/${readdirSync(this.at('data/records')).sort()[0]}`;
  }

  /** Makes every list fit again what is there, as whoever has no key still can. */
  listAnew(): void {
    const files = readdirSync(this.at('data'), { recursive: true })
      .map((name) => `data/${String(name)}`)
      .filter((place) => statSync(this.at(place)).isFile())
      .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    const list = (algorithm: string, places: readonly string[]) =>
      places.map((place) => `${createHash(algorithm).update(this.bytes(place)).digest('hex')}  ${place}\n`).join('');
    this.write('manifest-sha256.txt', list('sha256', files));
    this.write('manifest-sm3.txt', list('sm3', files));
    const tags = ['bag-info.txt', 'bagit.txt', 'manifest-sha256.txt', 'manifest-sm3.txt'];
    this.write('tagmanifest-sha256.txt', list('sha256', tags));
  }

  /** Signs everything with a key of one's own, bundle and checkpoint alike. */
  signAnew(): void {
    const pair = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const [origin = '', size, root = ''] = this.bytes('data/log/checkpoint').toString().split('\n');
    const head = { origin, treeSize: Number(size), root: Buffer.from(root, 'base64').toString('hex') };
    this.write('data/log/checkpoint', signCheckpoint(head, pair));
    this.write('data/log/key.pem', pair.publicKey.export({ type: 'spki', format: 'pem' }));
    this.listAnew();
    this.signList(pair.privateKey);
  }

  signList(key: KeyObject): void {
    this.write('tagmanifest-sha256.txt.sig', sign('sha256', this.bytes('tagmanifest-sha256.txt'), key));
  }

  clear(): void {
    rmSync(this.bundle, { recursive: true, force: true });
  }
}
