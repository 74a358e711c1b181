import { annualPercent, bulletPercent, internalRate } from './annual-cost';

const monthly = (yuan: number, count: number) => Array.from({ length: count }, (_, i) => ({ after: i + 1, yuan }));

describe('the annual cost', () => {
  it('of the case in the press is 36.5 % by the contract and 654 % on the money received', () => {
    expect(bulletPercent(1500, 1522.5, 15)).toBeCloseTo(36.5, 5);
    expect(bulletPercent(1200, 1522.5, 15)).toBeCloseTo(653.96, 2);
  });

  it('of equal instalments is the rate at which they are worth the loan', () => {
    expect(annualPercent(internalRate(12_000, monthly(1063.81, 12)), 'month')).toBeCloseTo(11.58, 2);
    expect(annualPercent(internalRate(10_000, monthly(902.58, 12)), 'month')).toBeCloseTo(15, 0);
  });

  it('counts what was held back: 5,000 less a quarter, six times 1,020', () => {
    const percent = annualPercent(internalRate(3750, monthly(1020, 6)), 'month');
    expect(percent).toBeGreaterThan(170);
    expect(percent).toBeLessThan(200);
  });

  it('is nothing when no more is paid than was received', () => {
    expect(internalRate(1000, [{ after: 1, yuan: 1000 }])).toBe(0);
  });
});
