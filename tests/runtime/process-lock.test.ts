import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { acquireProcessLock, lockHolder, processIdentity } from '../../src/platform/process-lock.mjs';

const lockPath = () => join(mkdtempSync(join(tmpdir(), 'sandai-lock-')), 'lock');

const write = (path: string, pid: number, started: string | undefined) =>
  writeFileSync(path, JSON.stringify({ pid, started }));

async function endedPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid!;
}

test('a lock is held until it is given back', async () => {
  const path = lockPath();
  const first = await acquireProcessLock(path);
  expect(await acquireProcessLock(path)).toEqual({ heldBy: process.pid });
  if ('release' in first) first.release();
  expect(existsSync(path)).toBe(false);
  expect(await acquireProcessLock(path)).toHaveProperty('release');
});

test('the lock of a process that died is taken over', async () => {
  const path = lockPath();
  write(path, await endedPid(), 'some boot/1');
  expect(lockHolder(path)).toBeUndefined();
  expect(await acquireProcessLock(path)).toHaveProperty('release');
  expect(lockHolder(path)).toBe(process.pid);
});

test('the lock of a dead process whose pid belongs to another program now is taken over', async () => {
  const path = lockPath();
  write(path, process.pid, 'an earlier start');
  expect(await acquireProcessLock(path)).toHaveProperty('release');
});

test('a lock file that was never completed is taken over once it is old', async () => {
  const path = lockPath();
  writeFileSync(path, '');
  utimesSync(path, 0, 0);
  expect(await acquireProcessLock(path)).toHaveProperty('release');
});

test('a lock handed to a child lasts as long as the child', async () => {
  const path = lockPath();
  const lock = await acquireProcessLock(path);
  if ('heldBy' in lock) throw new Error('the lock is not free');
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
  lock.handTo(child.pid!);
  expect(await acquireProcessLock(path)).toEqual({ heldBy: child.pid });
  child.kill('SIGKILL');
  await once(child, 'exit');
  const next = await acquireProcessLock(path);
  expect(next).toHaveProperty('release');
  lock.release();
  expect(lockHolder(path)).toBe(process.pid);
});

test('of many that take over a dead lock at once exactly one gets it', async () => {
  const path = lockPath();
  write(path, await endedPid(), 'some boot/1');
  const taken = await Promise.all(Array.from({ length: 20 }, () => acquireProcessLock(path)));
  expect(taken.filter((lock) => 'release' in lock)).toHaveLength(1);
});

test('of many processes that take over a dead lock at once exactly one gets it', async () => {
  const path = lockPath();
  write(path, await endedPid(), 'some boot/1');
  const script = `import(${JSON.stringify(new URL('../../src/platform/process-lock.mjs', import.meta.url).href)}).then(async (m) => {
    const lock = await m.acquireProcessLock(${JSON.stringify(path)});
    console.log('release' in lock ? 'mine' : 'refused');
    await new Promise((resolve) => process.stdin.once('end', resolve).resume());
  });`;
  const children = Array.from({ length: 6 }, () => spawn(process.execPath, ['-e', script]));
  const said = await Promise.all(children.map(async (child) => String((await once(child.stdout, 'data'))[0]).trim()));
  for (const child of children) child.stdin.end();
  expect(said.filter((word) => word === 'mine')).toHaveLength(1);
});

test('a process has an identity as long as it runs', async () => {
  expect(processIdentity(process.pid)).toBe(processIdentity(process.pid));
  expect(processIdentity(await endedPid())).toBeUndefined();
  expect(processIdentity(-1)).toBeUndefined();
});
