/** The part of a database connection or pool that the repositories here need; `pg`'s `Pool` and `Client` fit as they are.
 *  Rows are unknown until parsed. */
export type Sql = {
  query(text: string, params: unknown[]): Promise<{ rows: unknown[] }>;
};
