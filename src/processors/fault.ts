import { isPassing } from '../event-store/errors.ts';

const connectionTrouble = /connection|timeout|terminated|not queryable|socket/i;

/** Errors of waiting for a read model; an event can do nothing about them. */
const ofReading: ReadonlySet<string> = new Set(['NoGeneration', 'ReadModelBehind']);

/** Whose fault an error in a batch is: the `event`'s, so that trying the next event makes sense, or the `environment`'s (database gone,
 *  serialization failure, missing table or privilege, full disk), so that only trying again does.
 *  Of the database's errors, classes 22 (data), 23 (constraints) and 54 (limits) come from the data.
 *  @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
export function faultOf(error: unknown): 'event' | 'environment' {
  const { code, message } = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  if (isPassing(error) || (error instanceof Error && ofReading.has(error.name))) return 'environment';
  if (typeof code !== 'string') {
    return error instanceof Error && error.name === 'Error' && connectionTrouble.test(String(message))
      ? 'environment'
      : 'event';
  }
  if (code.startsWith('ERR_')) return 'event';
  return /^(22|23|54)[0-9A-Z]{3}$/.test(code) ? 'event' : 'environment';
}
