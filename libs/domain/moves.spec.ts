import {
  CASE_MOVES,
  COMPLAINT_MOVES,
  DECISION_MOVES,
  mayMove,
  move,
  MoveNotAllowedError,
  type Moves,
  PAGE_MOVES,
  PRESENCE_MOVES,
  PUBLICITY_MOVES,
  RECTIFICATION_MOVES,
  TASK_MOVES,
} from './index';

/** Each table as a drawing, written apart from the code: rows are from, columns are to, in the order of the header. */
const drawings: Record<string, { moves: Moves<string>; drawing: string }> = {
  task: {
    moves: TASK_MOVES,
    drawing: `
      .          planned looking rendering judging done failed
      planned    -       x       -         -       -    x
      looking    -       x       x         x       -    x
      rendering  -       x       x         x       -    x
      judging    -       -       -         x       x    x
      done       -       -       -         -       -    -
      failed     -       -       -         -       -    -`,
  },
  page: {
    moves: PAGE_MOVES,
    drawing: `
      .            planned render seen unseen passed-over
      planned      -       x      x    x      x
      render       -       x      x    x      x
      seen         -       -      -    -      -
      unseen       -       -      -    -      -
      passed-over  -       -      -    -      -`,
  },
  decision: {
    moves: DECISION_MOVES,
    drawing: `
      .             undecided confirmed dismissed duplicate-of parked
      undecided     -         x         x         x            x
      confirmed     x         -         x         -            -
      dismissed     x         x         -         -            -
      duplicate-of  x         -         -         -            -
      parked        x         x         x         x            -`,
  },
  presence: {
    moves: PRESENCE_MOVES,
    drawing: `
      .         live not-seen gone back
      live      x    x        -    -
      not-seen  x    x        x    -
      gone      -    -        x    x
      back      -    x        -    x`,
  },
  rectification: {
    moves: RECTIFICATION_MOVES,
    drawing: `
      .         none notified claimed
      none      -    x        -
      notified  -    -        x
      claimed   -    x        -`,
  },
  case: {
    moves: CASE_MOVES,
    drawing: `
      .           open verifying upheld dismissed rectifying closed
      open        -    x         -      -         -          -
      verifying   -    -         x      x         -          -
      upheld      -    -         -      -         x          -
      dismissed   -    -         -      -         -          -
      rectifying  -    -         -      -         -          x
      closed      -    -         -      -         -          -`,
  },
  complaint: {
    moves: COMPLAINT_MOVES,
    drawing: `
      .          received accepted refused verifying concluded replied
      received   -        x        x       -         -         -
      accepted   -        -        -       x         -         -
      refused    -        -        -       -         -         -
      verifying  -        -        -       -         x         -
      concluded  -        -        -       -         -         x
      replied    -        -        -       -         -         -`,
  },
  publicity: {
    moves: PUBLICITY_MOVES,
    drawing: `
      .              planned running passed revoked re-acceptance
      planned        -       x       -      -       -
      running        -       -       x      x       -
      passed         -       -       -      -       -
      revoked        -       -       -      -       x
      re-acceptance  x       -       -      -       -`,
  },
};

const cellsOf = (drawing: string) => {
  const [header = [], ...rows] = drawing
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  return rows.flatMap(([from = '', ...marks]) =>
    marks.map((mark, column) => ({ from, to: header[column + 1] ?? '', isAllowed: mark === 'x' })),
  );
};

describe.each(Object.entries(drawings))('moves of a %s', (name, { moves, drawing }) => {
  const cells = cellsOf(drawing);

  it('are drawn for every pair of states', () => {
    expect(cells).toHaveLength(Object.keys(moves).length ** 2);
  });

  it.each(cells)('$from -> $to: $isAllowed', ({ from, to, isAllowed }) => {
    expect(mayMove(moves, from, to)).toBe(isAllowed);
    if (isAllowed) expect(move(moves, name, from, to)).toBe(to);
    else expect(() => move(moves, name, from, to)).toThrow(MoveNotAllowedError);
  });
});
