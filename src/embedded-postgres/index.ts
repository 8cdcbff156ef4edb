import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { acquireProcessLock, lockHolder } from '../platform/process-lock.mjs';
import { prepareBinaries } from './binaries.ts';
import { ensureCluster } from './cluster.ts';
import { addDatabase, ensureRolesAndDatabase, removeDatabase } from './databases.ts';
import { checkOutside, claimOutside, placeCluster, sharedRoot } from './placement.ts';
import { readPostmaster, stopLeftover } from './postmaster.ts';
import { chooseRunAs } from './run-as.ts';
import { type ClusterState, newState, readState, writeState } from './state.ts';
import { supervise } from './supervisor.ts';
import { names, urlsOf } from './urls.ts';

/** Connection URLs of one database: `appUrl` for the application's role, `ownerUrl` for the role that migrates. */
export type DatabaseUrls = { appUrl: string; ownerUrl: string };

/** A running PostgreSQL of ours. */
export type EmbeddedPostgres = DatabaseUrls & {
  /** Superuser, for tests and repairs only. */
  superuserUrl: string;
  port: number;
  /** Directory of the database's files; outside the data directory when root's data directory is closed to others. */
  cluster: string;
  /** Process id of the server; a new one after a crash. */
  pid: () => number | undefined;
  /** Makes another database in this server, owned by the owner role; `template` names a database to copy. */
  createDatabase: (name: string, template?: string) => Promise<DatabaseUrls>;
  dropDatabase: (name: string) => Promise<void>;
  /** Fast shutdown; resolves when the server has ended. Calling it again gives the same promise. */
  stop: () => Promise<void>;
  /** Stops and deletes the data directory with everything in it, also the files outside it: for throw-away databases. */
  destroy: () => Promise<void>;
};

export type EmbeddedPostgresOptions = {
  /** Absolute or relative to the working directory; created when missing. */
  dataDir: string;
  /** Receives single lines worth telling: a leftover stopped, a restart, files placed elsewhere. */
  log: (line: string) => void;
  /** Called once when the server ended and does not stay up; without it the failure is only logged. */
  onGiveUp?: (error: Error) => void;
};

const clusterOf = (home: string) => join(home, 'postgres');
const lockOf = (dataDir: string) => join(dataDir, 'lock');

function openState(
  dataDir: string,
  runAsOf: (cluster: string) => ReturnType<typeof chooseRunAs>,
  log: (line: string) => void,
) {
  const known = readState(dataDir);
  const inside = clusterOf(dataDir);
  if (!known && existsSync(inside)) {
    throw new Error(
      `${inside} holds a database, and its passwords (embedded-postgres.json in ${dataDir}) are missing: restore that file, or delete ${inside} to start anew.`,
    );
  }
  if (known) {
    if (known.home !== null) checkOutside(known.home, dataDir);
    return { state: known, home: known.home ?? dataDir };
  }
  const { home, outside } = placeCluster(dataDir, runAsOf(inside));
  if (outside) {
    claimOutside(home, dataDir, log);
    log(`The database's files are in ${home}, because PostgreSQL's user cannot enter ${dataDir}.`);
  }
  const state: ClusterState = { ...newState(), home: outside ? home : null };
  writeState(dataDir, state);
  return { state, home };
}

/** Starts PostgreSQL on a data directory: creates its cluster, two roles (`sandai_owner`, `sandai_app`) and the database `sandai` the first
 *  time, ends a server that a killed run left behind, and restarts the server when it crashes.
 *  @throws Error with one line that says what to do: directory in use, platform without a build, files of another user */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log, onGiveUp = (error) => log(error.message) } = options;
  const dataDir = resolve(options.dataDir);
  mkdirSync(join(dataDir, 'logs'), { recursive: true });
  const lock = await acquireProcessLock(lockOf(dataDir));
  if ('heldBy' in lock) {
    throw new Error(
      `The data directory ${dataDir} is in use by process ${lock.heldBy}: stop that one first, or choose another with --data-dir.`,
    );
  }
  try {
    const { state, home } = openState(dataDir, chooseRunAs, log);
    const cluster = clusterOf(home);
    const runAs = chooseRunAs(cluster);
    const binaries = prepareBinaries(runAs, () => (runAs ? sharedRoot(runAs) : join(dataDir, 'postgres-programs')));
    await ensureCluster(cluster, binaries, runAs, state.superuserPassword);
    await stopLeftover(cluster, binaries.pgCtl, log);
    const logFile = join(dataDir, 'logs', 'postgres.log');
    const server = await supervise({ cluster, binaries, runAs, logFile }, state.port, log, onGiveUp);
    const { port } = server;
    if (state.port !== port) writeState(dataDir, { ...state, port });
    const stop = () => server.stop().finally(lock.release);
    try {
      await ensureRolesAndDatabase(state, port);
    } catch (error) {
      await stop();
      throw error;
    }
    return {
      ...urlsOf(state, port, names.database),
      port,
      cluster,
      pid: server.pid,
      createDatabase: async (name, template) => {
        await addDatabase(state, port, name, template);
        const { appUrl, ownerUrl } = urlsOf(state, port, name);
        return { appUrl, ownerUrl };
      },
      dropDatabase: (name) => removeDatabase(state, port, name),
      stop,
      destroy: async () => {
        await stop();
        for (const directory of new Set([home, dataDir])) rmSync(directory, { recursive: true, force: true });
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Uses the embedded database of a data directory beside a running `sandai start`, or starts it for a while when none runs.
 *  @returns URLs, and `stop`, which ends only a server that this call started */
export async function openEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<DatabaseUrls & { stop: () => Promise<void> }> {
  const dataDir = resolve(options.dataDir);
  for (;;) {
    if (lockHolder(lockOf(dataDir)) === undefined) return startEmbeddedPostgres(options);
    const state = readState(dataDir);
    const postmaster = state && readPostmaster(clusterOf(state.home ?? dataDir));
    if (state && postmaster?.ready && postmaster.port === state.port) {
      const { appUrl, ownerUrl } = urlsOf(state, postmaster.port, names.database);
      return { appUrl, ownerUrl, stop: async () => {} };
    }
    await sleep(50); // it is starting or stopping just now
  }
}
