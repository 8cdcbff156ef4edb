// Plain Node without packages: scripts/bootstrap.mjs uses it before anything is installed.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Says which process a pid is right now, so that a reused pid is not taken for the earlier process.
 *  @returns a text that only this process has, or undefined when no such process runs */
export function processIdentity(pid) {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return undefined;
  }
  if (process.platform === 'linux') return linuxIdentity(pid);
  if (process.platform === 'win32') return 'running';
  const listed = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  return listed.status === 0 ? listed.stdout.trim() : 'running';
}

function linuxIdentity(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // the command name may hold spaces and brackets: fields are counted after its closing bracket
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`;
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return undefined;
    return 'running';
  }
}

/** The process that holds the lock file, or undefined when nobody alive does. */
export function lockHolder(path) {
  const held = readLock(path);
  return held !== undefined && processIdentity(held.pid) === held.started ? held.pid : undefined;
}

function readLock(path) {
  try {
    const held = JSON.parse(readFileSync(path, 'utf8'));
    return Number.isSafeInteger(held?.pid) && typeof held.started === 'string' ? held : undefined;
  } catch {
    return undefined;
  }
}

const contentFor = (pid) => JSON.stringify({ pid, started: processIdentity(pid) });

function create(path) {
  let content = contentFor(process.pid);
  try {
    writeFileSync(path, content, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (error.code === 'EEXIST') return undefined;
    throw error;
  }
  return {
    handTo: (pid) => {
      const handed = contentFor(pid);
      writeFileSync(`${path}.${pid}`, handed, { mode: 0o600 });
      renameSync(`${path}.${pid}`, path);
      content = handed;
    },
    release: () => {
      if (existsSync(path) && readFileSync(path, 'utf8') === content) unlinkSync(path);
    },
  };
}

const ageMs = (path) => {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
};

const beingWritten = (path) => readLock(path) === undefined && ageMs(path) < 2_000;

/** Takes the lock file of `path`, also from a process that died without giving it back.
 *  @returns `{ release, handTo }`, where `handTo(pid)` makes it last as long as that child process too, or `{ heldBy }` with the pid of the living process that has it */
export async function acquireProcessLock(path) {
  const guard = `${path}.takeover`;
  for (;;) {
    const lock = create(path);
    if (lock) return lock;
    const holder = lockHolder(path);
    if (holder !== undefined) return { heldBy: holder };
    if (beingWritten(path)) {
      await sleep(20);
      continue;
    }
    // only the holder of the guard removes a dead lock, so that nobody removes its successor
    try {
      mkdirSync(guard);
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (ageMs(guard) > 10_000) rmdirSync(guard);
      await sleep(20);
      continue;
    }
    try {
      if (lockHolder(path) === undefined && !beingWritten(path)) unlinkSync(path);
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    } finally {
      rmdirSync(guard);
    }
  }
}
