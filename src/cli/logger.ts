import { mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Logger, type LoggerOptions, pino } from 'pino';
import { plainError } from '../security/plain-error.ts';

/** How every logger writes errors: without the values that they carry. */
export const logOptions: LoggerOptions = { serializers: { err: plainError } };

const largestLogBytes = 100 * 1024 * 1024;

/** Opens the JSON log.
 *  @param file   a path, or `-` for standard output; a file over 100 MiB is moved to `<file>.1` first
 *  @throws the file system's error when the file cannot be opened
 *  @returns the logger, and `flush`, which writes what is still in memory */
export function openLog(level: string, file: string): { log: Logger; flush: () => void } {
  let descriptor = 1;
  if (file !== '-') {
    mkdirSync(dirname(file), { recursive: true });
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largestLogBytes) renameSync(file, `${file}.1`);
    descriptor = openSync(file, 'a', 0o600);
  }
  const destination = pino.destination({ dest: descriptor, sync: descriptor === 1 });
  const log = pino(
    { ...logOptions, level, base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime },
    destination,
  );
  return { log, flush: () => destination.flushSync() };
}
