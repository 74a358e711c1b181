import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hashOf, startApi } from '#apps/api';
import { type DecisionOrder } from '#libs/casework';
import { decideFinding } from '#libs/casework';
import { type Account, type Role, type RunId } from '#libs/domain';
import { WarcEvidenceStore } from '#libs/evidence/warc';
import { type Store } from '#libs/persistence';
import { Log } from '#libs/telemetry';
import { Seed } from './seed';
import { anEmbeddedStore } from './stores';

export const PASSWORD = 'correct horse battery';

export type Json = Record<string, unknown>;

/** A page of the service in a browser, with or without a session. */
export interface Client {
  readonly name: string;
  readonly cookie: string;
  get(address: string): Promise<Response>;
  post(address: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
}

export function aClient(url: string, cookie = '', name = ''): Client {
  const own = { origin: url, cookie };
  return {
    ...{ name, cookie },
    get: (address) => fetch(`${url}${address}`, { headers: { cookie } }),
    post: (address, body, headers = {}) =>
      fetch(`${url}${address}`, {
        ...{ method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) },
        headers: { 'content-type': 'application/json', ...own, ...headers },
      }),
  };
}

export const bodyOf = async (answer: Response): Promise<Json> => (await answer.json()) as Json;

const TITLES = new Map(
  [
    ['risk-reserve-advertising', '以风险备付金进行宣传'],
    ['campus-loan-product', '校园贷产品在线'],
    ['absolute-claim', '绝对化用语'],
    ['offline-promotion', '线下宣传推介'],
  ].map(([ruleId = '', title = '']) => [ruleId, { title, severity: 'S1' as const, legalBasis: [] }]),
);

/** A running api on an embedded database of its own. */
export interface ApiWorld {
  readonly url: string;
  readonly store: Store;
  readonly seed: Seed;
  /** Orders that reached the use case, in their order. */
  readonly decided: readonly DecisionOrder[];
  /** What the report builder gives, by run; it fails for others. */
  readonly reports: Map<RunId, unknown>;
  /** Log lines as written. */
  readonly lines: readonly string[];
  /** Moves the clock. */
  pass(ms: number): void;
  account(more?: Partial<Account>): Promise<Account>;
  /** Makes an account of its own and signs it in. */
  signedIn(region?: string, roles?: readonly Role[]): Promise<Client>;
  close(): Promise<void>;
}

/** Starts one; close it when done. */
export async function anApi(consoleDirectory: string | null = null): Promise<ApiWorld> {
  const directory = mkdtempSync(path.join(tmpdir(), 'mingcha-api-'));
  const store = await anEmbeddedStore();
  const evidence = await WarcEvidenceStore.open({ database: store, directory, soleProcess: true });
  const lines: string[] = [];
  const decided: DecisionOrder[] = [];
  const reports = new Map<RunId, unknown>();
  let [ahead, people] = [0, 0];
  const seed = new Seed(store.pool, evidence);
  const passwordHash = await hashOf(PASSWORD);
  const dependencies = {
    ...{ store, evidence, consoleDirectory },
    clock: () => new Date(Date.now() + ahead),
    log: new Log('info', (line) => void lines.push(line)),
    decide: (order: DecisionOrder) => {
      decided.push(order);
      return store.inTransaction((tx) => decideFinding(tx, order));
    },
    buildRunReport: (_: unknown, run: RunId) =>
      reports.has(run) ? Promise.resolve(reports.get(run) as never) : Promise.reject(new Error('no report here')),
    packTitles: (ruleId: string) => TITLES.get(ruleId),
  };
  const api = await startApi(dependencies, { host: '127.0.0.1', port: 0 });
  return {
    ...{ url: api.url, store, seed, decided, lines, reports },
    pass: (ms) => (ahead += ms),
    account: (more) => seed.account(passwordHash, more),
    signedIn: async (region = '', roles = ['monitor']) => {
      people += 1;
      const name = `person-${people}`;
      await seed.account(passwordHash, { name, region, roles });
      const answer = await aClient(api.url).post('/api/session', { name, password: PASSWORD });
      return aClient(api.url, (answer.headers.get('set-cookie') ?? '').split(';')[0], name);
    },
    close: async () => {
      await api.close();
      await evidence.close();
      await store.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
