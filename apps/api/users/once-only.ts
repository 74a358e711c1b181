import { Injectable } from '@nestjs/common';
import { type AccountId, RequestInvalidError } from '#libs/domain';
import { AccountRepository } from '#libs/persistence';
import { House } from '../dependencies';

/** A write as its sender named it; without a key it is simply done. */
export interface NamedWrite {
  readonly accountId: AccountId;
  readonly key: string | null;
  /** Digest of everything that was asked for. */
  readonly request: string;
}

/**
 * Does a write once per account and key and gives the same answer to every repetition. Failures are not kept: they
 * changed nothing, so the same key may be tried again.
 */
@Injectable()
export class OnceOnly {
  private readonly underWay = new Map<string, Promise<unknown>>();

  constructor(
    private readonly accounts: AccountRepository,
    private readonly house: House,
  ) {}

  /** @throws {RequestInvalidError} when the key was used for another request. */
  async answer<Answer extends object>(write: NamedWrite, work: () => Promise<Answer>): Promise<Answer> {
    if (write.key === null) return work();
    const name = `${write.accountId} ${write.key}`;
    // a repetition may arrive while the first is under way: it waits its turn and then finds the kept answer
    const turn = (this.underWay.get(name) ?? Promise.resolve()).then(() =>
      this.once({ ...write, key: write.key }, work),
    );
    const ended = turn.catch(() => undefined);
    this.underWay.set(name, ended);
    try {
      return (await turn) as Answer;
    } finally {
      if (this.underWay.get(name) === ended) this.underWay.delete(name);
    }
  }

  private async once(write: NamedWrite, work: () => Promise<object>): Promise<object> {
    const key = write.key ?? '';
    const kept = await this.accounts.answerKept(write.accountId, key);
    if (kept === null) {
      const answer = await work();
      await this.accounts.keepAnswer(
        write.accountId,
        key,
        { request: write.request, status: 200, answer },
        this.house.now(),
      );
      return answer;
    }
    if (kept.request === write.request) return kept.answer as object;
    throw new RequestInvalidError([{ field: 'Idempotency-Key', message: 'was used for another request' }]);
  }
}
