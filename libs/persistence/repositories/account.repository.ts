import { type Account, type AccountId, type Role } from '#libs/domain';
import { type Queryable } from '../queryable';

interface AccountRow {
  id: string;
  name: string;
  display_name: string;
  roles: string[];
  region: string;
}

const toAccount = (row: AccountRow): Account => ({
  id: row.id as AccountId,
  name: row.name,
  displayName: row.display_name,
  roles: row.roles as Role[],
  region: row.region,
});

/** What is kept of a session; the token itself is only in the cookie. */
export interface NewSession {
  /** Lower-case hex. */
  readonly tokenSha256: string;
  readonly accountId: AccountId;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** An answer that was given once under an idempotency key. */
export interface KeptAnswer {
  /** Digest of method, path and body, so that one key is not used for two requests. */
  readonly request: string;
  readonly status: number;
  readonly answer: unknown;
}

/** Accounts, their sessions and the answers kept for writes that are sent twice. */
export class AccountRepository {
  constructor(private readonly db: Queryable) {}

  /** Adds an account only while there is none at all; false when somebody was first. */
  async addFirst(account: Account, passwordHash: string): Promise<boolean> {
    const { rows } = await this.db.query<{ id: string }>(
      `insert into account (id, name, display_name, password_hash, roles, region)
       select $1::uuid, $2::text, $3::text, $4::text, $5::text[], $6::text where not exists (select 1 from account)
       on conflict (name) do nothing returning id`,
      [account.id, account.name, account.displayName, passwordHash, [...account.roles], account.region],
    );
    return rows.length === 1;
  }

  /** @throws When the name is taken. */
  async add(account: Account, passwordHash: string): Promise<void> {
    await this.db.query(
      `insert into account (id, name, display_name, password_hash, roles, region) values ($1, $2, $3, $4, $5, $6)`,
      [account.id, account.name, account.displayName, passwordHash, [...account.roles], account.region],
    );
  }

  /** The active account of that name with its password hash; null when there is none. */
  async withName(name: string): Promise<{ account: Account; passwordHash: string } | null> {
    const { rows } = await this.db.query<AccountRow & { password_hash: string }>(
      `select id, name, display_name, roles, region, password_hash from account where name = $1 and is_active`,
      [name],
    );
    const row = rows[0];
    return row === undefined ? null : { account: toAccount(row), passwordHash: row.password_hash };
  }

  async openSession(session: NewSession): Promise<void> {
    await this.db.query(
      `insert into session (token_sha256, account_id, created_at, expires_at) values ($1, $2, $3, $4)`,
      [session.tokenSha256, session.accountId, session.createdAt, session.expiresAt],
    );
  }

  /** The active account that holds a session which has not ended at `at`; null otherwise. */
  async accountOfSession(
    tokenSha256: string,
    at: Date,
  ): Promise<{ account: Account; createdAt: Date; expiresAt: Date } | null> {
    const { rows } = await this.db.query<AccountRow & { created_at: Date; expires_at: Date }>(
      `select a.id, a.name, a.display_name, a.roles, a.region, s.created_at, s.expires_at
         from session s join account a on a.id = s.account_id
        where s.token_sha256 = $1 and s.expires_at > $2 and a.is_active`,
      [tokenSha256, at],
    );
    const row = rows[0];
    return row === undefined ? null : { account: toAccount(row), createdAt: row.created_at, expiresAt: row.expires_at };
  }

  async extendSession(tokenSha256: string, expiresAt: Date): Promise<void> {
    await this.db.query(`update session set expires_at = $2 where token_sha256 = $1`, [tokenSha256, expiresAt]);
  }

  /** Ends one session; does nothing when it is not there. */
  async closeSession(tokenSha256: string): Promise<void> {
    await this.db.query(`delete from session where token_sha256 = $1`, [tokenSha256]);
  }

  /** Deletes the sessions that ended before `at`. */
  async forgetEndedSessions(at: Date): Promise<void> {
    await this.db.query(`delete from session where expires_at <= $1`, [at]);
  }

  /** What was answered under this key; null when the key is new. */
  async answerKept(accountId: AccountId, key: string): Promise<KeptAnswer | null> {
    const { rows } = await this.db.query<{ request: string; status: number; answer: unknown }>(
      `select request, status, answer from idempotency_key where account_id = $1 and key = $2`,
      [accountId, key],
    );
    return rows[0] ?? null;
  }

  /** Keeps an answer; the first one under a key stays. */
  async keepAnswer(accountId: AccountId, key: string, kept: KeptAnswer, at: Date): Promise<void> {
    await this.db.query(
      `insert into idempotency_key (account_id, key, request, status, answer, at) values ($1, $2, $3, $4, $5, $6)
       on conflict (account_id, key) do nothing`,
      [accountId, key, kept.request, kept.status, JSON.stringify(kept.answer), at],
    );
  }
}
