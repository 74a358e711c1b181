import { InputInvalidError } from '#libs/domain';
import { readOrders } from './orders';

const now = new Date('2018-03-14T17:00:00Z');
const orders = (options: Parameters<typeof readOrders>[0]) => readOrders(options, { pacePerSecond: 1, now });

describe('the orders of a run', () => {
  it('have defaults that are polite: one request per second, nothing but public addresses', () => {
    expect(orders({})).toEqual({
      pacePerSecond: 1,
      maxPages: 500,
      render: 'auto',
      allowAddresses: [],
      asOf: '2018-03-15',
    });
  });

  it('take the day in China when none is given', () => {
    expect(orders({}).asOf).toBe('2018-03-15');
  });

  it('know a pace of none', () => {
    expect(orders({ pace: 'none' }).pacePerSecond).toBeNull();
  });

  it.each([
    [{ pace: '0' }, '--pace'],
    [{ pace: '6' }, '--pace'],
    [{ pace: 'fast' }, '--pace'],
    [{ maxPages: '0' }, '--max-pages'],
    [{ maxPages: '1.5' }, '--max-pages'],
    [{ render: 'always' }, '--render'],
    [{ asOf: '2018-02-30' }, '--as-of'],
    [{ allowAddress: ['127.0.0.1'] }, '--allow-address'],
    [{ allowAddress: ['10.0.0.0/99'] }, '--allow-address'],
  ])('refuse %j and name the option', (options, name) => {
    expect(() => orders(options)).toThrow(InputInvalidError);
    expect(() => orders(options)).toThrow(name);
  });
});
