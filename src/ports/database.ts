/** What a statement gives back; rows are `unknown` until parsed. */
export type SqlResult = { readonly rows: readonly unknown[]; readonly rowCount: number };

/** Runs one statement.
 *  @param text   SQL that PostgreSQL and CockroachDB both run; every parameter cast explicitly (`$1::text`)
 *  @param params arrays travel as SQL arrays, bigint as text, `null` as NULL */
export interface Sql {
  query(text: string, params?: readonly unknown[]): Promise<SqlResult>;
}

/** A database: single statements, and transactions that are run again on serialization failures and deadlocks.
 *  The body of a transaction must therefore be safe to run more than once. int8 arrives as text, timestamps as text. */
export interface Database extends Sql {
  transaction<T>(body: (sql: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
