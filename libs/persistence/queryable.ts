/** What came back of one statement. */
export interface QueryAnswer<Row extends object> {
  /** In the order of the statement; empty when it returns none. */
  readonly rows: Row[];
  /** Rows returned or changed; null for statements that count none. */
  readonly rowCount: number | null;
}

/**
 * Something that runs SQL: the pool, or the client of one transaction. `int8` comes back as number when it is safe
 * (as bigint otherwise), `timestamptz` as Date, `date` as `YYYY-MM-DD`, `numeric` as text, `bytea` as Buffer.
 * Objects and arrays meant as JSON go in by `JSON.stringify`: a bare array is sent as an SQL array.
 */
export interface Queryable {
  query<Row extends object = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ): Promise<QueryAnswer<Row>>;
}
