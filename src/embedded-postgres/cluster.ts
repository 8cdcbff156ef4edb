import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { serverEnvironment } from './environment.ts';
import { ids, type RunAs } from './run-as.ts';
import { names } from './urls.ts';

function run(
  program: string,
  args: string[],
  runAs: RunAs | undefined,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...ids(runAs), cwd: '/', env: serverEnvironment(), windowsHide: true });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.once('error', reject).once('close', (code) => resolve({ code, output: output.trim() }));
  });
}

/** Creates the cluster's files under another name and renames them when they are complete, so that a crash leaves no half cluster.
 *  @throws Error with initdb's last words */
async function create(
  cluster: string,
  binaries: Binaries,
  runAs: RunAs | undefined,
  superuserPassword: string,
): Promise<void> {
  const building = `${cluster}.new`;
  const passwordFile = join(building, `password-${randomBytes(6).toString('hex')}`);
  const files = join(building, 'data');
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { mode: 0o700 });
  writeFileSync(passwordFile, superuserPassword, { mode: 0o600 });
  if (runAs) for (const path of [building, passwordFile]) chownSync(path, runAs.uid, runAs.gid);
  const options = [
    '--encoding=UTF8',
    '--locale=C',
    '--auth=scram-sha-256',
    `--username=${names.superuser}`,
    '--no-instructions',
  ];
  const { code, output } = await run(binaries.initdb, ['-D', files, `--pwfile=${passwordFile}`, ...options], runAs);
  if (code !== 0) {
    rmSync(building, { recursive: true, force: true });
    throw new Error(`PostgreSQL could not create its files in ${cluster}: ${output.split('\n').slice(-3).join(' ')}`);
  }
  renameSync(files, cluster);
  rmSync(building, { recursive: true, force: true });
}

/** Makes sure that the cluster exists and fits the programs.
 *  @throws Error when another major version of PostgreSQL made it */
export async function ensureCluster(
  cluster: string,
  binaries: Binaries,
  runAs: RunAs | undefined,
  superuserPassword: string,
): Promise<void> {
  if (!existsSync(cluster)) await create(cluster, binaries, runAs, superuserPassword);
  const version = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (version !== binaries.majorVersion) {
    throw new Error(
      `The database in ${cluster} was made by PostgreSQL ${version} and this release brings ${binaries.majorVersion}: dump it with the earlier release and load it into a new data directory.`,
    );
  }
}
