import { NotFoundError } from '#libs/domain';
import { Log, type LogFields, type LogLevel } from './log';

function aLog(level: LogLevel = 'info'): { log: Log; lines: () => Record<string, unknown>[]; raw: string[] } {
  const raw: string[] = [];
  const log = new Log(
    level,
    (line) => raw.push(line),
    () => new Date('2018-03-01T01:30:04.118Z'),
  );
  return { log, raw, lines: () => raw.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('the log', () => {
  it('writes one JSON line with time, level and event first', () => {
    const { log, raw } = aLog();
    log.with({ run: 'r-1' }).info('evidence.sealed', { bytes: 48213, ms: 312 });
    expect(raw).toEqual([
      '{"at":"2018-03-01T01:30:04.118Z","level":"info","event":"evidence.sealed","run":"r-1","bytes":48213,"ms":312}\n',
    ]);
  });

  it('keeps a line a line when a field holds line breaks', () => {
    const { log, raw } = aLog();
    log.info('page.visited', { url: 'http://a/\n{"level":"error"}' });
    expect(raw.join('').match(/\n/g)).toHaveLength(1);
  });

  it('takes user name and password out of addresses, in fields, messages, causes and stacks', () => {
    const { log, raw } = aLog();
    const cause = new Error('connect to redis://:geheim@h failed');
    log.info('store.opened', { where: 'postgres://u:geheim@h/db', hosts: ['x https://a:geheim@b/'] });
    log.error('store.lost', new Error('postgres://u:geheim@h/db is gone', { cause }));
    expect(raw.join('')).not.toContain('geheim');
    expect(raw.join('')).toContain('postgres://***@h/db');
  });

  it('takes credentials out that stand where a long text is cut', () => {
    const { log, raw } = aLog();
    log.info('store.opened', { text: `${'x'.repeat(470)} postgres://user:geheim-geheim-geheim-geheim@host` });
    expect(raw.join('')).not.toContain('geheim');
  });

  it('blanks fields whose name promises a secret', () => {
    const { log, lines } = aLog();
    log.info('account.created', { initialPassword: 'abc', sessionToken: 'def', name: 'admin' });
    expect(lines()).toMatchObject([{ initialPassword: '***', sessionToken: '***', name: 'admin' }]);
  });

  it('cuts what is long enough to be a page', () => {
    const { log, lines } = aLog();
    log.info('page.visited', { url: '网'.repeat(100_000) });
    expect(String(lines()[0]?.url)).toHaveLength(501);
  });

  it('tells class, code, message, causes and stack of an error', () => {
    const { log, lines } = aLog();
    log.error('task.failed', new NotFoundError('run', '7'), { task: 't-1' });
    log.error('task.failed', new Error('outer', { cause: new TypeError('inner') }));
    expect(lines()).toMatchObject([
      { level: 'error', error: 'NotFoundError', code: 'NOT_FOUND', message: 'run 7 is not in the store', task: 't-1' },
      { error: 'Error', causes: ['TypeError: inner'] },
    ]);
    expect(lines()[0]?.stack).toContain('log.spec');
  });

  it('ends at causes that run in a circle', () => {
    const { log, lines } = aLog();
    const error = new Error('a');
    error.cause = error;
    log.error('task.failed', error);
    expect(lines()[0]?.causes).toHaveLength(5);
  });

  it('writes whatever was thrown', () => {
    const { log, lines } = aLog();
    log.error('task.failed', 'a string');
    log.error('task.failed', undefined);
    log.error('task.failed', Object.create(null));
    expect(lines().map((line) => line.message)).toEqual(['a string', 'undefined', 'a value that has no text']);
  });

  it('writes dates, big numbers and dates that are none', () => {
    const { log, lines } = aLog();
    log.info('run.planned', { day: new Date(0), size: 2n ** 70n, none: new Date(NaN), gone: undefined, no: null });
    expect(lines()).toEqual([
      expect.objectContaining({
        day: '1970-01-01T00:00:00.000Z',
        size: '1180591620717411303424',
        none: 'invalid date',
      }),
    ]);
  });

  it('does not let fields replace time, level or event', () => {
    const { log, lines } = aLog();
    log.info('run.planned', { at: 'x', level: 'error', event: 'y' } as unknown as LogFields);
    expect(lines()).toMatchObject([{ at: '2018-03-01T01:30:04.118Z', level: 'info', event: 'run.planned' }]);
  });

  it.each([
    ['info', 3],
    ['warn', 2],
    ['error', 1],
    ['silent', 0],
  ] as const)('at level %s writes %d of info, warn and error', (level, count) => {
    const { log, raw } = aLog(level);
    log.with({ run: 'r' }).info('run.planned');
    log.warn('job.retried');
    log.error('job.dropped', new Error('x'));
    expect(raw).toHaveLength(count);
  });
});
