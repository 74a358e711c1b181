import { Turns } from './turns';

/** A promise and the function that ends it. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

describe('turns', () => {
  it('gather everything that comes while one runs into the next', async () => {
    const first = gate();
    const groups: (readonly number[])[] = [];
    const turns = new Turns<number>(async (group) => {
      groups.push(group);
      if (groups.length === 1) await first.opened;
    });
    turns.add(1);
    await Promise.resolve();
    while (groups.length === 0) await Promise.resolve();
    [2, 3, 4].forEach((item) => turns.add(item));
    first.open();
    await turns.alone(() => Promise.resolve());
    expect(groups).toEqual([[1], [2, 3, 4]]);
  });

  it('never run two works at once', async () => {
    let running = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= 1;
    };
    const turns = new Turns<number>(work);
    const alone = Array.from({ length: 5 }, (_, at) => {
      turns.add(at);
      return turns.alone(work);
    });
    await Promise.all(alone);
    expect([most, running]).toEqual([1, 0]);
  });

  it('go on after one failed, and tell only whoever asked for it', async () => {
    const seen: number[] = [];
    const turns = new Turns<number>((group) => {
      seen.push(...group);
      return Promise.resolve();
    });
    await expect(turns.alone(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    turns.add(1);
    expect(await turns.alone(() => Promise.resolve('yes'))).toBe('yes');
    expect(seen).toEqual([1]);
  });
});
