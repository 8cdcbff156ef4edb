import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

/** The user that runs PostgreSQL when we are root; PostgreSQL refuses to run as root itself. */
export type RunAs = { uid: number; gid: number; name: string };

const candidates = ['postgres', '_postgres', 'nobody', 'daemon', 'www-data'];

const idOf = (flag: '-u' | '-g', user: string): number =>
  Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim());

function lookUp(name: string): RunAs | undefined {
  try {
    const runAs = { uid: idOf('-u', name), gid: idOf('-g', name), name };
    return runAs.uid > 0 && runAs.gid >= 0 ? runAs : undefined;
  } catch {
    return undefined; // no such user here
  }
}

/** Picks the user to run PostgreSQL under: ourselves, or as root the owner of the existing cluster or an unprivileged user
 *  that the system already has.
 *  @param cluster  the database directory, which may not exist yet
 *  @returns undefined when we run it as ourselves
 *  @throws Error when the cluster belongs to somebody else, or root has no unprivileged user to use */
export function chooseRunAs(cluster: string): RunAs | undefined {
  const self = process.getuid?.();
  if (self === undefined) return undefined;
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (self !== 0) {
    if (owner && owner.uid !== self) {
      throw new Error(
        `The database in ${cluster} belongs to user id ${owner.uid}, not to you (${self}): start as that user (or as root), or choose another directory with --data-dir.`,
      );
    }
    return undefined;
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, name: `user id ${owner.uid}` };
  for (const name of candidates) {
    const runAs = lookUp(name);
    if (runAs) return runAs;
  }
  throw new Error(
    `PostgreSQL does not run as root, and this system has none of the users ${candidates.join(', ')}: start as an ordinary user, or set DATABASE_URL.`,
  );
}

/** Whether that user can enter a directory: tried for real, because modes alone do not tell (ACLs, mounts). */
export function canEnter(directory: string, runAs: RunAs | undefined): boolean {
  if (!runAs) return true;
  const tried = spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', directory], { ...ids(runAs), cwd: '/', stdio: 'ignore' });
  return tried.status === 0;
}

/** The spawn options that make a child run as that user. */
export const ids = (runAs: RunAs | undefined): { uid?: number; gid?: number } =>
  runAs ? { uid: runAs.uid, gid: runAs.gid } : {};
