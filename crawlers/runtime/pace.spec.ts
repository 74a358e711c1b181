import { HostPace, type PaceClock } from './pace';

/** A clock that moves only when somebody waits; `early` makes its timers fire too soon. */
function aClock(early = 0): PaceClock & { at: number; waits: number[] } {
  return {
    at: 1_000,
    waits: [],
    now() {
      return this.at;
    },
    wait(delayMs, signal) {
      signal?.throwIfAborted();
      this.waits.push(delayMs);
      this.at += Math.max(1, delayMs - early);
      return Promise.resolve();
    },
  };
}

describe('the pace of a host', () => {
  it('lets a host that was never seen wait one interval', async () => {
    const clock = aClock();
    const startedAt = await new HostPace(1, clock).turn('a:80', () => Promise.resolve(clock.at));
    expect(startedAt).toBeGreaterThanOrEqual(2_000);
  });

  it('counts the interval from the end of the request before, not from its start', async () => {
    const clock = aClock();
    const pace = new HostPace(2, clock);
    const ends: number[] = [];
    const starts: number[] = [];
    for (let i = 0; i < 3; i += 1)
      await pace.turn('a:80', () => {
        starts.push(clock.at);
        clock.at += 700;
        ends.push(clock.at);
        return Promise.resolve();
      });
    expect((starts[1] ?? 0) - (ends[0] ?? 0)).toBeGreaterThanOrEqual(500);
    expect((starts[2] ?? 0) - (ends[1] ?? 0)).toBeGreaterThanOrEqual(500);
  });

  it('waits on when a timer fires early', async () => {
    const clock = aClock(30);
    const pace = new HostPace(1, clock);
    await pace.turn('a:80', () => Promise.resolve());
    const end = clock.at;
    await pace.turn('a:80', () => Promise.resolve());
    expect(clock.at - end).toBeGreaterThanOrEqual(1_000);
  });

  it('never has two requests to one host under way and keeps their order', async () => {
    const clock = aClock();
    const pace = new HostPace(5, clock);
    let under = 0;
    const order: number[] = [];
    await Promise.all(
      [0, 1, 2, 3].map((n) =>
        pace.turn('a:80', async () => {
          under += 1;
          expect(under).toBe(1);
          order.push(n);
          await new Promise((resolve) => setImmediate(resolve));
          under -= 1;
        }),
      ),
    );
    expect(order).toEqual([0, 1, 2, 3]);
  });

  it('goes on after a failure, which ends a turn as well', async () => {
    const clock = aClock();
    const pace = new HostPace(1, clock);
    await expect(pace.turn('a:80', () => Promise.reject(new Error('reset')))).rejects.toThrow('reset');
    const failedAt = clock.at;
    await pace.turn('a:80', () => Promise.resolve());
    expect(clock.at - failedAt).toBeGreaterThanOrEqual(1_000);
  });

  it('lets two hosts run beside each other', async () => {
    const pace = new HostPace(1, aClock());
    let inside = (): void => undefined;
    const other = new Promise<void>((resolve) => (inside = resolve));
    await Promise.all([pace.turn('a:80', () => other), pace.turn('b:80', () => Promise.resolve(inside()))]);
  });

  it('honours a longer Crawl-delay, at most thirty seconds, and no shorter one', () => {
    const pace = new HostPace(1, aClock());
    pace.slowDown('a:80', 7);
    pace.slowDown('b:80', 86_400);
    pace.slowDown('c:80', 0.2);
    pace.slowDown('d:80', Number.NaN);
    expect(['a:80', 'b:80', 'c:80', 'd:80', 'e:80'].map((host) => pace.intervalMs(host))).toEqual([
      7_000, 30_000, 1_000, 1_000, 1_000,
    ]);
  });

  it('paces nothing when told so, not even by Crawl-delay', async () => {
    const clock = aClock();
    const pace = new HostPace(null, clock);
    pace.slowDown('a:80', 9);
    await Promise.all([pace.turn('a:80', () => Promise.resolve()), pace.turn('a:80', () => Promise.resolve())]);
    expect(clock.waits).toEqual([]);
  });

  it('gives a turn up while it waits and lets the next one in', async () => {
    const pace = new HostPace(1, aClock());
    const stop = new AbortController();
    let end = (): void => undefined;
    const first = pace.turn('a:80', () => new Promise<void>((resolve) => (end = resolve)));
    const given = pace.turn('a:80', () => Promise.resolve('given up'), stop.signal);
    const last = pace.turn('a:80', () => Promise.resolve('last'));
    await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    end();
    await first;
    await expect(given).rejects.toThrow(/abort/i);
    expect(await last).toBe('last');
  });

  it.each([
    ['http://a.test/x', 'a.test:80'],
    ['https://A.test/', 'a.test:443'],
    ['http://a.test:8080/', 'a.test:8080'],
    ['http://[::1]:81/', '[::1]:81'],
  ])('paces %s as %s', (url, host) => {
    expect(HostPace.hostOf(url)).toBe(host);
  });
});
