import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { KeysError } from './errors.ts';
import { keyShapes, type StoredKeys } from './key-material.ts';

const fileShape = z
  .strictObject({ version: z.literal(1), ...keyShapes })
  .partial()
  .required({ version: true });

const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined;

/** Where the keys live: the file of the setting `keys.file`, or `keys.json` in the data directory. */
export const keysFilePath = (settings: { dataDir: string; keys: { file?: string | undefined } }): string =>
  settings.keys.file ?? join(settings.dataDir, 'keys.json');

/** Reads a keys file; a file may hold only some of the keys.
 *  @returns null when there is no such file
 *  @throws KeysError when it cannot be read or is not a keys file; it is never repaired or overwritten */
export function readKeysFile(path: string): Partial<StoredKeys> | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw new KeysError([`${path} cannot be read (${errorCode(error)}): make it readable for this user`]);
  }
  const parsed = fileShape.safeParse(parseJson(path, text));
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${path}: ${[...issue.path, issue.message].join(' ')}`);
    throw new KeysError(problems, damagedAdvice);
  }
  const { version: _version, ...keys } = parsed.data;
  return keys as Partial<StoredKeys>; // JSON has no undefined
}

const damagedAdvice =
  'Restore the keys file from a backup: new keys could not read the data that the old ones protect.';

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new KeysError([`${path} is not JSON`], damagedAdvice);
  }
}

/** One line when other users of the machine may read the file, else null. */
export function exposedKeysFile(path: string): string | null {
  if (process.platform === 'win32') return null;
  const mode = statSync(path).mode & 0o777;
  return mode & 0o077 ? `${path} is readable by others (mode ${mode.toString(8)}): run chmod 600 ${path}` : null;
}

function flush(path: string): void {
  // Windows has no handles on directories
  if (process.platform === 'win32') return;
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

const notWritable = (path: string, error: unknown): KeysError =>
  new KeysError([
    `${path} cannot be written (${errorCode(error) ?? String(error)}): check its directory's permissions`,
  ]);

function writeBeside(path: string, keys: Partial<StoredKeys>): string {
  const temporary = `${path}.${randomUUID()}`;
  const text = `${JSON.stringify({ version: 1, ...keys }, null, 2)}\n`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, text, { mode: 0o600, flag: 'wx', flush: true });
  } catch (error) {
    throw notWritable(path, error);
  }
  return temporary;
}

/** Writes a new keys file (mode 0600), complete or not at all.
 *  @returns false when a file is already there; it is left as it is */
export function createKeysFile(path: string, keys: Partial<StoredKeys>): boolean {
  const temporary = writeBeside(path, keys);
  try {
    // a link refuses to replace a file that another process has just made; a rename would not
    linkSync(temporary, path);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw notWritable(path, error);
  } finally {
    rmSync(temporary);
  }
  flush(dirname(path));
  return true;
}

/** Replaces the keys file by `change(its keys)`, atomically; two commands at once never undo each other.
 *  @throws KeysError when there is no file, or another command holds `<file>.lock` */
export function updateKeysFile(path: string, change: (keys: Partial<StoredKeys>) => Partial<StoredKeys>): void {
  const lock = `${path}.lock`;
  try {
    writeFileSync(lock, `${process.pid}\n`, { flag: 'wx' });
  } catch (error) {
    if (errorCode(error) === 'ENOENT') throw noKeysFile(path);
    if (errorCode(error) !== 'EEXIST') throw notWritable(path, error);
    throw new KeysError([`another command is changing ${path}: wait for it, or delete ${lock} if none is running`]);
  }
  try {
    const keys = readKeysFile(path);
    if (keys === null) throw noKeysFile(path);
    const target = realpathSync(path);
    const temporary = writeBeside(target, change(keys));
    try {
      renameSync(temporary, target);
    } finally {
      rmSync(temporary, { force: true });
    }
    flush(dirname(target));
  } finally {
    rmSync(lock);
  }
}

const noKeysFile = (path: string) => new KeysError([`there is no ${path}: make it with npx sandai keys generate`]);
