import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type DecisionOrder, hashOf, startApi } from '#apps/api';
import { type Account, RevisionConflictError, type Role, type RunId } from '#libs/domain';
import { migrate, openStore, type Store } from '#libs/persistence';
import { Log } from '#libs/telemetry';
import { PicturedEvidence } from './pictured-evidence';
import { Seed } from './seed';

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

/** A running api on an embedded database of its own. */
export interface ApiWorld {
  readonly url: string;
  readonly store: Store;
  readonly seed: Seed;
  readonly evidence: PicturedEvidence;
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

/** Decides as the use case does, as far as the api can tell: one row, its revision, its event. */
async function decide(store: Store, order: DecisionOrder): Promise<{ revision: number }> {
  return store.inTransaction(async (tx) => {
    const { rows } = await tx.query<{ revision: number; now: number }>(
      `update finding set decision = $2, revision = revision + 1 where id = $1 and revision = $3 returning revision`,
      [order.findingId, order.decision, order.revision],
    );
    const revision = rows[0]?.revision;
    if (revision === undefined) throw new RevisionConflictError('finding', order.findingId, order.revision, -1);
    await tx.query(
      `insert into finding_event (id, finding_id, account_id, name, facts, at) values (gen_random_uuid(), $1, $2, 'finding.decided', $3, now())`,
      [
        order.findingId,
        order.accountId,
        JSON.stringify({ decision: order.decision, reason: order.reason, note: order.note }),
      ],
    );
    return { revision };
  });
}

/** Starts one; close it when done. */
export async function anApi(consoleDirectory: string | null = null): Promise<ApiWorld> {
  const directory = mkdtempSync(path.join(tmpdir(), 'mingcha-api-'));
  const store = await openStore({ dataDirectory: directory });
  await migrate(store);
  const evidence = new PicturedEvidence();
  const lines: string[] = [];
  const decided: DecisionOrder[] = [];
  const reports = new Map<RunId, unknown>();
  let [ahead, people] = [0, 0];
  const seed = new Seed(store.pool);
  const passwordHash = await hashOf(PASSWORD);
  const dependencies = {
    ...{ store, evidence, consoleDirectory },
    clock: () => new Date(Date.now() + ahead),
    log: new Log('info', (line) => void lines.push(line)),
    decide: (order: DecisionOrder) => {
      decided.push(order);
      return decide(store, order);
    },
    buildRunReport: (_: unknown, run: RunId) =>
      reports.has(run) ? Promise.resolve(reports.get(run) as never) : Promise.reject(new Error('no report here')),
    packTitles: (ruleId: string) =>
      ruleId === 'risk-reserve-advertising'
        ? { title: '以风险备付金进行宣传', severity: 'S1' as const, legalBasis: [] }
        : undefined,
  };
  const api = await startApi(dependencies, { host: '127.0.0.1', port: 0 });
  return {
    ...{ url: api.url, store, seed, evidence, decided, lines, reports },
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
      await store.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
