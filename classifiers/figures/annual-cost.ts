import { PER_YEAR, type Period } from './periods';

/** One payment of the borrower, so many periods after the money came. */
export interface Payment {
  readonly after: number;
  readonly yuan: number;
}

/** A cost beyond this is given as this: the steps say enough. */
const MAX_PERIOD_RATE = 100;

function presentValue(payments: readonly Payment[], rate: number): number {
  return payments.reduce((sum, { after, yuan }) => sum + yuan / (1 + rate) ** after, 0);
}

/**
 * The rate per period at which the payments are worth what was received, by halving to 1e-7.
 *
 * @param received Yuan that reached the borrower.
 * @returns 0 when the payments do not exceed what was received.
 */
export function internalRate(received: number, payments: readonly Payment[]): number {
  if (received <= 0 || presentValue(payments, 0) <= received) return 0;
  let low = 0;
  let high = MAX_PERIOD_RATE;
  while (high - low > 1e-7) {
    const middle = (low + high) / 2;
    if (presentValue(payments, middle) > received) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** A rate per period as percent a year, without compounding, as loans are quoted and courts reckon. */
export function annualPercent(ratePerPeriod: number, period: Period): number {
  return ratePerPeriod * PER_YEAR[period] * 100;
}

/**
 * Percent a year of a loan that is paid back at once: (paid back - received) / received x 365 / days, on the money
 * that reached the borrower. — 法释〔2015〕18号, article 27: interest taken beforehand is no principal
 *
 * @param days Calendar days between receiving and paying back.
 */
export function bulletPercent(received: number, paidBack: number, days: number): number {
  return (((paidBack - received) / received) * 365 * 100) / days;
}
