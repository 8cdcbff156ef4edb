import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canEnter, type RunAs } from './run-as.ts';

const sharedRoots = ['/var/lib/sandai', '/opt/sandai'];

/** Directory for files that every user may read, for root's installations in places others cannot reach. */
export function sharedRoot(runAs: RunAs): string {
  const problems: string[] = [];
  for (const root of sharedRoots) {
    try {
      if (!existsSync(root)) {
        mkdirSync(root, { recursive: true });
        chmodSync(root, 0o755);
      }
      if (canEnter(root, runAs)) return root;
      problems.push(`${root}: ${runAs.name} may not enter it`);
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(
    `PostgreSQL runs as ${runAs.name} and needs a directory that this user can reach: choose one with --data-dir, or set DATABASE_URL (${problems.join('; ')}).`,
  );
}

/** Chooses where the cluster of a new data directory lives: inside it, or, where the running user cannot go, in a shared
 *  place under a name made from the data directory's path.
 *  @returns the directory, and whether it is outside the data directory */
export function placeCluster(dataDir: string, runAs: RunAs | undefined): { home: string; outside: boolean } {
  if (!runAs || canEnter(dataDir, runAs)) return { home: dataDir, outside: false };
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  return { home: join(sharedRoot(runAs), name), outside: true };
}

const markerOf = (home: string) => join(home, 'data-directory.txt');

/** Claims an outside directory for a data directory that has no database yet; what an earlier, deleted data directory of the same path
 *  left there is moved aside, never deleted. */
export function claimOutside(home: string, dataDir: string, log: (line: string) => void): void {
  if (existsSync(home)) {
    const aside = `${home}.before-${new Date().toISOString().replace(/[:.]/g, '-')}`;
    renameSync(home, aside);
    log(
      `The data directory is new, so the database of an earlier one was moved aside to ${aside}; delete it if you do not need it.`,
    );
  }
  mkdirSync(home, { mode: 0o755 });
  chmodSync(home, 0o755);
  writeFileSync(markerOf(home), `${dataDir}\n`);
  writeFileSync(
    join(dataDir, 'WHERE-IS-THE-DATABASE.txt'),
    `PostgreSQL does not run as root, and the user it runs as cannot enter this directory.\nIts files are in ${home}; back up both, and delete both to start anew.\n`,
  );
}

/** Checks that an outside directory still belongs to this data directory; follows a data directory that was moved.
 *  @throws Error for a copied data directory, which would share its original's database */
export function checkOutside(home: string, dataDir: string): void {
  const marker = markerOf(home);
  const owner = existsSync(marker) ? readFileSync(marker, 'utf8').trim() : undefined;
  if (owner === dataDir) return;
  if (owner === undefined || existsSync(join(owner, 'embedded-postgres.json'))) {
    throw new Error(
      owner === undefined
        ? `The database of ${dataDir} should be in ${home} and is not there: restore it, or delete ${dataDir} to start anew.`
        : `${dataDir} is a copy: its database ${home} belongs to ${owner}. Delete embedded-postgres.json in the copy to give it an empty database of its own.`,
    );
  }
  writeFileSync(marker, `${dataDir}\n`);
}
