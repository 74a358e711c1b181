import { DatabaseUnavailableError, EvidenceTamperedError, NotFoundError } from '#libs/domain';
import { DEFAULT_RETRIES, delayAfter } from './retry-plan';

const plan = { mostAttempts: 5, firstDelayMs: 100, longestDelayMs: 300 };
const away = new DatabaseUnavailableError('here');

describe('retries', () => {
  it('wait twice as long each time, up to a limit, and end', () => {
    expect([1, 2, 3, 4, 5].map((attempt) => delayAfter(plan, away, attempt))).toEqual([100, 200, 300, 300, null]);
  });

  it.each([
    ['what is not there', new NotFoundError('task', '1')],
    ['a broken seal', new EvidenceTamperedError('e', 'dom', 'a', 'b')],
    ['a bug', new TypeError('x')],
    ['a thrown string', 'x'],
  ])('are not for %s', (_what, error) => {
    expect(delayAfter(plan, error, 1)).toBeNull();
  });

  it('last some minutes by default', () => {
    let sum = 0;
    for (let attempt = 1; attempt < DEFAULT_RETRIES.mostAttempts; attempt += 1) {
      sum += delayAfter(DEFAULT_RETRIES, away, attempt) ?? 0;
    }
    expect(sum).toBeGreaterThan(120_000);
    expect(sum).toBeLessThan(600_000);
  });
});
