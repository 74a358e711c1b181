import { types } from 'pg';

const OID = { int8: 20, int8Array: 1016, date: 1082, dateArray: 1182, textArray: 1009 } as const;

type Parser = (text: string) => unknown;
/** As the driver has it; its typings know only some of the types, and each with another result. */
const driverParser = types.getTypeParser as (oid: number, format?: 'text' | 'binary') => Parser;

/** Counts and lengths are numbers as long as a number can hold them; beyond that nothing may be lost silently. */
function wholeNumber(text: string): number | bigint {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
}

const asText: Parser = (text) => text;
const textArray = driverParser(OID.textArray) as (text: string) => (string | null)[];

const parsers: Readonly<Record<number, Parser>> = {
  [OID.int8]: wholeNumber,
  [OID.int8Array]: (text) => textArray(text).map((one) => (one === null ? null : wholeNumber(one))),
  [OID.date]: asText, // a Date would shift the day by the time zone of the machine
  [OID.dateArray]: textArray,
};

/** How columns become values; the same for both kinds of store. */
export const rowTypes = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): Parser =>
    (format === 'binary' ? undefined : parsers[oid]) ?? driverParser(oid, format),
};
