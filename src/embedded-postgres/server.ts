import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { serverEnvironment } from './environment.ts';
import { readPostmaster, signalServer } from './postmaster.ts';
import { ids, type RunAs } from './run-as.ts';

export type ServerOptions = { cluster: string; binaries: Binaries; runAs: RunAs | undefined; logFile: string };

/** A server that did not become ready. `retry` says what may help: another port, or a moment of patience. */
export class ServerStartError extends Error {
  readonly retry: 'port' | 'wait' | undefined;
  constructor(message: string, retry: 'port' | 'wait' | undefined) {
    super(message);
    this.name = 'ServerStartError';
    this.retry = retry;
  }
}

const portIsFree = (port: number): Promise<number | undefined> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });

/** The wanted port when it is free, else any free one. */
export const choosePort = async (wanted: number | null): Promise<number> =>
  (wanted === null ? undefined : await portIsFree(wanted)) ?? (await portIsFree(0)) ?? 0;

function openLog(path: string): number {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 10 * 1024 * 1024) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}

function failure(said: string): ServerStartError {
  const lines = said.split('\n').filter((line) => /FATAL|PANIC|ERROR|HINT/.test(line));
  const message = (lines.at(-1) ?? said.trim().split('\n').at(-1) ?? '').replace(/^.*?(FATAL|PANIC|ERROR|HINT): */, '');
  if (/could not bind|could not create any TCP\/IP/.test(said)) return new ServerStartError(message, 'port');
  if (/pre-existing shared memory|lock file .* already exists/.test(said)) return new ServerStartError(message, 'wait');
  return new ServerStartError(message, undefined);
}

/** Starts PostgreSQL in a process group of its own (a Ctrl-C in the terminal does not reach it) and waits until it answers.
 *  Durability settings stay PostgreSQL's defaults.
 *  @throws ServerStartError with PostgreSQL's own reason */
export async function launch(options: ServerOptions, port: number): Promise<ChildProcess> {
  const { cluster, binaries, runAs, logFile } = options;
  const log = openLog(logFile);
  const logStart = statSync(logFile).size;
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: '256MB',
    // fewer checkpoints under load; nothing is less durable for it
    max_wal_size: '2GB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    logging_collector: 'off',
    log_destination: 'stderr',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(binaries.postgres, ['-D', cluster, ...args], {
    ...ids(runAs),
    cwd: '/',
    env: serverEnvironment(),
    stdio: ['ignore', log, log],
    detached: true,
    windowsHide: true,
  });
  closeSync(log);
  // a process of ours that ends without stopping its server should not leave it behind, as far as it can
  const atExit = () => child.pid !== undefined && signalServer(child.pid, 'fast', binaries.pgCtl);
  process.once('exit', atExit);
  child.once('exit', () => process.removeListener('exit', atExit));
  let end: string | undefined;
  child.once('error', (error) => {
    end = error.message;
  });
  child.once('exit', (code, signal) => {
    end ??= `ended with ${signal ?? `code ${code}`}`;
  });
  for (;;) {
    if (end !== undefined) {
      const said = readFileSync(logFile).subarray(logStart).toString();
      throw failure(said.trim() === '' ? end : said);
    }
    const postmaster = readPostmaster(cluster);
    if (postmaster?.ready && (postmaster.pid === child.pid || process.platform === 'win32')) break;
    await sleep(20);
  }
  child.unref();
  return child;
}
