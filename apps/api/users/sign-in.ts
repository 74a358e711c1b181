import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Account, NotSignedInError } from '#libs/domain';
import { AccountRepository } from '#libs/persistence';
import { House } from '../dependencies';
import { isPassword } from './passwords';
import { SignInThrottle } from './sign-in-throttle';

/** A session ends this long after its last use … */
export const IDLE_MS = 12 * 60 * 60 * 1000;
/** … and this long after sign-in in any case. */
const LONGEST_MS = 7 * 24 * 60 * 60 * 1000;
/** An end is moved at most this often, so that reading does not write. */
const EXTEND_EVERY_MS = 10 * 60 * 1000;

const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Opens, finds and closes sessions. The token leaves only in the cookie; the store knows its digest. */
@Injectable()
export class SignIn {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly throttle: SignInThrottle,
    private readonly house: House,
  ) {}

  /**
   * @throws {NotSignedInError} for an unknown name and for a wrong password alike, after the same work.
   * @throws {TooManyAttemptsError} before anything is checked.
   */
  async open(name: string, password: string, address: string): Promise<{ account: Account; token: string }> {
    this.throttle.count(name, address);
    const found = await this.accounts.withName(name);
    if (!(await isPassword(password, found?.passwordHash ?? null)) || found === null) {
      this.house.log.warn('sign-in.refused', { address });
      throw new NotSignedInError();
    }
    this.throttle.forgive(name, address);
    const token = randomBytes(32).toString('base64url');
    const createdAt = this.house.now();
    await this.accounts.forgetEndedSessions(createdAt);
    await this.accounts.openSession({
      tokenSha256: digestOf(token),
      accountId: found.account.id,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + IDLE_MS),
    });
    this.house.log.info('account.signed-in', { account: found.account.id, address });
    return { account: found.account, token };
  }

  /** Whose session a token is; null when it is nobody's or over. Use moves its end. */
  async accountOf(token: string): Promise<Account | null> {
    const now = this.house.now();
    const tokenSha256 = digestOf(token);
    const session = await this.accounts.accountOfSession(tokenSha256, now);
    if (session === null) return null;
    const end = Math.min(now.getTime() + IDLE_MS, session.createdAt.getTime() + LONGEST_MS);
    if (end - session.expiresAt.getTime() >= EXTEND_EVERY_MS) {
      await this.accounts.extendSession(tokenSha256, new Date(end));
    }
    return session.account;
  }

  async close(token: string): Promise<void> {
    await this.accounts.closeSession(digestOf(token));
  }
}
