import {
  chinaDay,
  ERROR_TABLE,
  type Finding,
  isDay,
  isId,
  isInside,
  isRegion,
  kindOf,
  newId,
  NotFoundError,
  presenceAfter,
  PRESENCE_MOVES,
  PublicityPeriod,
  PublicityTooShortError,
  standingOf,
} from './index';

describe('ids', () => {
  it('have the form of UUID version 7', () => {
    for (let i = 0; i < 1000; i += 1) expect(isId(newId())).toBe(true);
  });

  it('sort by the millisecond they were made in', () => {
    const earlier = newId<string>(new Date('2018-03-01T00:00:00.000Z'));
    const later = newId<string>(new Date('2018-03-01T00:00:00.001Z'));
    expect(earlier < later).toBe(true);
  });

  it('do not repeat', () => {
    expect(new Set(Array.from({ length: 10_000 }, () => newId())).size).toBe(10_000);
  });

  it.each(['', 'x', '018f0000-0000-4000-8000-000000000000', '018F0000-0000-7000-8000-000000000000'])(
    'are not taken from "%s"',
    (text) => expect(isId(text)).toBe(false),
  );
});

describe('a publicity period', () => {
  it('does not count its first day, so fourteen days from 1 March end on 15 March', () => {
    expect(PublicityPeriod.starting('2018-03-01', 14).lastDay).toBe('2018-03-15');
  });

  it('refuses thirteen days and names the minimum', () => {
    expect(() => PublicityPeriod.starting('2018-03-01', 13)).toThrow(PublicityTooShortError);
    expect(() => PublicityPeriod.starting('2018-03-01', 13)).toThrow(/14/);
  });
});

describe('the standing of a finding', () => {
  const marks = (
    decision: Finding['decision'],
    presence: Finding['presence'],
    rectification: Finding['rectification'],
  ) => standingOf({ decision, presence, rectification });

  it.each([
    ['undecided', 'live', 'none', 'suspected'],
    ['confirmed', 'live', 'notified', 'confirmed'],
    ['confirmed', 'gone', 'notified', 'verified-fixed'],
    ['confirmed', 'gone', 'claimed', 'verified-fixed'],
    ['confirmed', 'gone', 'none', 'withdrawn-silently'],
    ['undecided', 'gone', 'none', 'withdrawn-silently'],
    ['confirmed', 'back', 'notified', 'relapsed'],
    ['dismissed', 'gone', 'none', 'dismissed'],
    ['parked', 'not-seen', 'none', 'parked'],
    ['duplicate-of', 'live', 'none', 'duplicate'],
  ] as const)('%s + %s + %s is %s', (decision, presence, rectification, word) => {
    expect(marks(decision, presence, rectification)).toBe(word);
  });
});

describe('presence after a complete look', () => {
  const at = new Date('2018-03-03T01:00:00Z');
  const hoursBefore = (hours: number) => new Date(at.getTime() - hours * 3_600_000);

  it('is gone only when two complete looks at least 24 hours apart missed it', () => {
    expect(presenceAfter('live', false, null, at)).toBe('not-seen');
    expect(presenceAfter('not-seen', false, hoursBefore(23.9), at)).toBe('not-seen');
    expect(presenceAfter('not-seen', false, hoursBefore(24), at)).toBe('gone');
  });

  it('comes back only from gone', () => {
    expect(presenceAfter('gone', true, null, at)).toBe('back');
    expect(presenceAfter('not-seen', true, hoursBefore(30), at)).toBe('live');
  });

  it('only ever makes moves that the table allows', () => {
    for (const from of ['live', 'not-seen', 'gone', 'back'] as const)
      for (const seen of [true, false])
        for (const since of [null, hoursBefore(1), hoursBefore(48)])
          expect(PRESENCE_MOVES[from]).toContain(presenceAfter(from, seen, since, at));
  });
});

describe('errors', () => {
  it('of this house keep their kind; anything else is a bug', () => {
    expect(kindOf(new NotFoundError('finding', 'f'))).toBe('not-found');
    expect(kindOf(new TypeError('x'))).toBe('bug');
    expect(kindOf('thrown text')).toBe('bug');
  });

  it('have one exit code per kind', () => {
    const codes = Object.values(ERROR_TABLE).map((row) => row.exitCode);
    expect(new Set(codes).size).toBe(codes.length);
  });
});

describe('days and regions', () => {
  it('take the day in China, not in London', () => {
    expect(chinaDay(new Date('2018-03-01T16:00:00Z'))).toBe('2018-03-02');
  });

  it.each([
    ['2018-02-28', true],
    ['2018-02-30', false],
    ['2018-2-3', false],
    ['tomorrow', false],
  ])('%s is a day: %s', (text, expected) => expect(isDay(text)).toBe(expected));

  it('compare scopes by prefix', () => {
    expect(isInside({ prefix: '44' }, '440305')).toBe(true);
    expect(isInside({ prefix: '44' }, '310000')).toBe(false);
    expect(isRegion('44')).toBe(true);
    expect(isRegion('443')).toBe(false);
  });
});
