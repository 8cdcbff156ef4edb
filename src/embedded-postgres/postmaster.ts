import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processIdentity } from '../platform/process-lock.mjs';

const pidFile = (cluster: string) => join(cluster, 'postmaster.pid');

/** What PostgreSQL writes about itself into `postmaster.pid`; undefined when there is none or it is not complete yet. */
export function readPostmaster(cluster: string): { pid: number; port: number; ready: boolean } | undefined {
  try {
    const lines = readFileSync(pidFile(cluster), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return pid > 0 ? { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' } : undefined;
  } catch {
    return undefined;
  }
}

function isServerOf(pid: number, cluster: string): boolean {
  if (processIdentity(pid) === undefined) return false;
  const directory = realpathSync(cluster);
  try {
    if (existsSync(`/proc/${pid}`)) {
      return (
        readlinkSync(`/proc/${pid}/cwd`) === directory &&
        readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres')
      );
    }
  } catch {
    return false; // gone meanwhile, or not ours to look at and so not our server
  }
  const listed = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  return (
    listed.stdout?.includes('postgres') === true &&
    (listed.stdout.includes(cluster) || listed.stdout.includes(directory))
  );
}

/** Asks a server to end. `fast` disconnects clients and writes a checkpoint, `immediate` leaves recovery to the next start. */
export function signalServer(pid: number, mode: 'fast' | 'immediate', pgCtl: string): void {
  const signal = mode === 'fast' ? 'INT' : 'QUIT';
  if (process.platform === 'win32') {
    spawn(pgCtl, ['kill', signal, String(pid)], { stdio: 'ignore', windowsHide: true });
    return;
  }
  try {
    process.kill(pid, `SIG${signal}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function ended(pid: number, withinMs: number): Promise<boolean> {
  const started = processIdentity(pid);
  const deadline = Date.now() + withinMs;
  while (started !== undefined && processIdentity(pid) === started) {
    if (Date.now() > deadline) return false;
    await sleep(25);
  }
  return true;
}

/** Ends the server that an earlier, killed process of ours left running on this cluster, and makes a `postmaster.pid` harmless whose pid
 *  now belongs to another program.
 *  @throws Error when that server does not end */
export async function stopLeftover(cluster: string, pgCtl: string, log: (line: string) => void): Promise<void> {
  const left = readPostmaster(cluster);
  if (!left || processIdentity(left.pid) === undefined) return;
  if (!isServerOf(left.pid, cluster)) {
    // an impossible pid instead of no file: the rest of it lets PostgreSQL notice backends that still use its shared memory
    const lines = readFileSync(pidFile(cluster), 'utf8').split('\n');
    writeFileSync(pidFile(cluster), ['2147483646', ...lines.slice(1)].join('\n'));
    return;
  }
  log(`A PostgreSQL that an earlier run left behind (pid ${left.pid}) is stopped first.`);
  signalServer(left.pid, 'fast', pgCtl);
  if (await ended(left.pid, 30_000)) return;
  signalServer(left.pid, 'immediate', pgCtl);
  if (await ended(left.pid, 10_000)) return;
  throw new Error(
    `The PostgreSQL left behind by an earlier run (pid ${left.pid}) does not end: end it by hand and start again.`,
  );
}
