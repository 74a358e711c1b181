import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SettingsUnusableError } from '#libs/domain';
import { readEnvironment, SETTING_NAMES } from './environment';
import { projectRoot } from './project-root';

function refusal(source: NodeJS.ProcessEnv): SettingsUnusableError {
  try {
    readEnvironment(source);
  } catch (error) {
    if (error instanceof SettingsUnusableError) return error;
    throw error;
  }
  throw new Error('the settings were taken');
}

describe('settings', () => {
  it('have defaults that need nothing', () => {
    expect(readEnvironment({})).toEqual({
      MINGCHA_DATA: path.resolve('data'),
      PORT: 8720,
      HOST: '127.0.0.1',
      CRAWL_PACE_PER_SECOND: 1,
      RULE_PACKS: path.join(projectRoot(), 'classifiers', 'rulepacks'),
      LOG_LEVEL: 'info',
    });
  });

  it('count an empty value and one of blanks as unset', () => {
    expect(readEnvironment({ DATABASE_URL: '', PORT: '  ', REDIS_URL: '' })).toEqual(readEnvironment({}));
  });

  it('cannot be changed after they were read', () => {
    expect(Object.isFrozen(readEnvironment({}))).toBe(true);
  });

  it('keep names that are no setting out', () => {
    expect(readEnvironment({ HOME: '/root' })).not.toHaveProperty('HOME');
  });

  it('names every bad setting at once, also the pair that does not fit', () => {
    const { problems } = refusal({
      REDIS_URL: 'redis://127.0.0.1',
      PORT: '70000',
      CRAWL_PACE_PER_SECOND: 'fast',
      LOG_LEVEL: 'loud',
      MINGCHA_CONTACT: 'a\r\nX-Evil: 1',
    }).facts;
    expect(problems).toEqual([
      'PORT must be 0 to 65535',
      'CRAWL_PACE_PER_SECOND must be a number',
      'MINGCHA_CONTACT must be one line of 3 to 200 printable ASCII characters',
      'LOG_LEVEL must be info, warn, error or silent',
      'REDIS_URL needs DATABASE_URL beside it: several workers cannot share an embedded database',
    ]);
  });

  it('never tells a value', () => {
    const secret = 'pa55-geheim';
    const source = Object.fromEntries(SETTING_NAMES.map((name) => [name, `\u0001${secret}\n${secret}`]));
    expect(JSON.stringify([refusal(source).message, refusal(source).facts])).not.toContain(secret);
  });

  it.each(['mysql://127.0.0.1/x', '127.0.0.1:5432', 'postgres://[::1/x'])('refuses %s as DATABASE_URL', (address) => {
    expect(refusal({ DATABASE_URL: address }).message).toContain('DATABASE_URL must be a postgres:// address');
  });

  it.each(['0', '-1', '5.1', 'Infinity', 'NaN'])('refuses a pace of %s', (pace) => {
    expect(refusal({ CRAWL_PACE_PER_SECOND: pace }).message).toContain('CRAWL_PACE_PER_SECOND');
  });

  it.each(['80.5', '-1', '65536', '0x50z'])('refuses port %s', (port) => {
    expect(refusal({ PORT: port }).message).toContain('PORT');
  });

  it('takes both database and queue addresses together', () => {
    const addresses = { DATABASE_URL: 'postgresql://a:b@db/x', REDIS_URL: 'rediss://r:6380/1' };
    expect(readEnvironment(addresses)).toMatchObject(addresses);
  });

  it('makes directories absolute', () => {
    expect(readEnvironment({ MINGCHA_DATA: 'x/../y' }).MINGCHA_DATA).toBe(path.resolve('y'));
  });

  it('are all in .env.example, in the same order', () => {
    const lines = readFileSync(path.join(projectRoot(), '.env.example'), 'utf8').split('\n');
    const names = lines.flatMap((line) => /^(?:# )?([A-Z][A-Z_]+)=/.exec(line)?.[1] ?? []);
    expect(names).toEqual(SETTING_NAMES);
  });
});
