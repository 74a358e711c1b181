/** What the figures in a text say: sums, rates, terms and days, and what follows from them. Offsets are those of the text. */
export { readLoans, type BorrowingCost, type LoanReading } from './borrowing-cost';
export { overCapIn } from './borrowing-cap';
export { ceilingOn } from './ceilings';
export { contractDayIn } from './contract-day';
export { type Stretch } from './figure-text';
export { daysPastDeadlineIn } from './filing-deadline';
export { longFundingIn } from './funding-period';
export { lateStartsIn } from './late-start';
export { numberOf } from './numerals';
export { contradictionsIn } from './operating-data';
export { staleDatesIn } from './stale-date';
export { unannualisedCostsIn } from './unannualised-cost';
