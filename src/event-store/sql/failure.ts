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

const retryCodes = new Set([
  ...['40001', '40P01', '55P03', '57014', '25P03', '25P04', '53300', '57P03'],
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'],
]);
const unknownCodes = new Set([
  ...['40003', '57P01', '57P02', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOENT', 'ERR_STREAM_DESTROYED'],
  ...['EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN', 'ENETRESET'],
]);

/** Sorts a driver's error by what may be done next.
 *  @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
export function failureOf(error: unknown): Failure {
  const code = property(error, 'code');
  if (code === '23505') return 'unique';
  if (retryCodes.has(code)) return 'retry';
  if (unknownCodes.has(code) || code.startsWith('08')) return 'unknown';
  if (code !== '') return 'fatal';
  // The driver has no codes for connections that ended; on one known to be dead it sends nothing.
  const message = property(error, 'message');
  if (/not queryable/.test(message)) return 'retry';
  return /connection|timeout|terminated/i.test(message) ? 'unknown' : 'fatal';
}

/** Whether the connection that gave this error must not be used again. */
export const breaksConnection = (error: unknown): boolean => property(error, 'severity') !== 'ERROR';
