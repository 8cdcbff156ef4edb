const connectionTrouble = /connection|timeout|terminated|not queryable|socket/i;

/** Errors of the store and of waiting that say nothing about the event in hand. */
const ofTheMoment: ReadonlySet<string> = new Set([
  'ConditionFailed',
  'NoGeneration',
  'ReadModelBehind',
  'StoreOverloaded',
  'StoreUnavailable',
  'VersionConflict',
]);

/** Whose fault an error in a batch is: the `event`'s, so that trying the next event makes sense, or the `environment`'s (database gone,
 *  serialization failure, missing table or privilege, full disk), so that only trying again does.
 *  Of the database's errors, classes 22 (data), 23 (constraints) and 54 (limits) come from the data.
 *  @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
export function faultOf(error: unknown): 'event' | 'environment' {
  const { code, message } = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  if (error instanceof Error && ofTheMoment.has(error.name)) return 'environment';
  if (typeof code !== 'string') {
    return error instanceof Error && error.name === 'Error' && connectionTrouble.test(String(message))
      ? 'environment'
      : 'event';
  }
  if (code.startsWith('ERR_')) return 'event';
  return /^(22|23|54)[0-9A-Z]{3}$/.test(code) ? 'event' : 'environment';
}
