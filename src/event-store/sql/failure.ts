/** What a failed statement tells of its transaction. */
export type Failure =
  /** Rolled back by the database; the same statement may succeed now. */
  | 'retry'
  /** May or may not have committed: only the identical statement may be sent again. */
  | 'unknown'
  /** A unique key refused it: nothing was written. */
  | 'unique'
  /** The statement itself is wrong; sending it again changes nothing. */
  | 'fatal';

const property = (error: unknown, name: string): string => {
  const value = typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value : '';
};

const retryCodes = new Set(['40001', '40P01', '53300', '57P03', '55P03', 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);
const unknownCodes = new Set(['40003', '57P01', '57P02', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT']);

/** Sorts a driver's error by what may be done next.
 *  @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
export function failureOf(error: unknown): Failure {
  const code = property(error, 'code');
  if (code === '23505') return 'unique';
  if (retryCodes.has(code)) return 'retry';
  if (unknownCodes.has(code) || code.startsWith('08')) return 'unknown';
  // The driver reports a connection that ended under a statement without a code.
  if (code === '' && /connection|timeout|terminated|not queryable/i.test(property(error, 'message'))) return 'unknown';
  return 'fatal';
}

/** `detail` and `constraint` of a 23505. */
export const uniqueViolationOf = (error: unknown) => ({
  detail: property(error, 'detail'),
  constraint: property(error, 'constraint'),
});
