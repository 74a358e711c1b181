import { DatabaseUnavailableError } from '#libs/domain';
import { asStoreError } from './connection-loss';

const withCode = (code: string) => Object.assign(new Error('x'), { code });

describe('an error of the driver', () => {
  it.each([
    ['a refused connection', withCode('ECONNREFUSED')],
    ['a server that is stopping', withCode('57P01')],
    ['a server that is starting', withCode('57P03')],
    ['a connection that broke', withCode('08006')],
    ['a connection that ended', new Error('Connection terminated unexpectedly')],
    [
      'a name with several addresses, none answering',
      Object.assign(new Error(''), { errors: [withCode('ECONNREFUSED')] }),
    ],
  ])('is a lost database: %s', (_what, error) => {
    const given = asStoreError('db:5432/watch', error);
    expect(given).toBeInstanceOf(DatabaseUnavailableError);
    expect((given as DatabaseUnavailableError).cause).toBe(error);
  });

  it.each([
    ['too few values', withCode('08P01')],
    ['a broken constraint', withCode('23505')],
    ['a cancelled statement', withCode('57014')],
    ['an error of ours', new TypeError('x')],
    ['no error at all', 'text'],
    ['nothing', null],
  ])('stays what it is: %s', (_what, error) => {
    expect(asStoreError('db', error)).toBe(error);
  });
});
