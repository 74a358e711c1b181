import { TooManyAttemptsError } from '#libs/domain';
import { SignInThrottle } from './sign-in-throttle';

function aThrottle(): { throttle: SignInThrottle; pass: (ms: number) => void } {
  let at = Date.parse('2018-03-01T00:00:00Z');
  return { throttle: new SignInThrottle(() => new Date(at)), pass: (ms) => (at += ms) };
}

const attempt = (throttle: SignInThrottle, times: number, name = 'li', address = '10.0.0.1'): void => {
  for (let i = 0; i < times; i += 1) throttle.count(name, address);
};

describe('the count of attempts to sign in', () => {
  it('refuses the sixth within a quarter of an hour and says how long to wait', () => {
    const { throttle, pass } = aThrottle();
    attempt(throttle, 5);
    pass(60_000);
    expect(() => attempt(throttle, 1)).toThrow(new TooManyAttemptsError(840));
  });

  it('begins anew after a quarter of an hour', () => {
    const { throttle, pass } = aThrottle();
    attempt(throttle, 5);
    pass(15 * 60_000);
    expect(() => attempt(throttle, 5)).not.toThrow();
  });

  it('does not lock a name out for other addresses', () => {
    const { throttle } = aThrottle();
    attempt(throttle, 5);
    expect(() => attempt(throttle, 5, 'li', '10.0.0.2')).not.toThrow();
  });

  it('refuses an address that tries many names', () => {
    const { throttle } = aThrottle();
    for (let i = 0; i < 50; i += 1) throttle.count(`name-${i}`, '10.0.0.1');
    expect(() => attempt(throttle, 1, 'one-more')).toThrow(TooManyAttemptsError);
  });

  it('takes the count away after success', () => {
    const { throttle } = aThrottle();
    attempt(throttle, 4);
    throttle.forgive('li', '10.0.0.1');
    expect(() => attempt(throttle, 5)).not.toThrow();
  });

  it('keeps counting one name however many addresses come between, up to its bound of memory', () => {
    const { throttle } = aThrottle();
    attempt(throttle, 5);
    for (let i = 0; i < 1000; i += 1) throttle.count('x', `10.1.${i >> 8}.${i & 255}`);
    expect(() => attempt(throttle, 1)).toThrow(TooManyAttemptsError);
  });
});
