import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { acquireProcessLock } from '../src/platform/process-lock.mjs';

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Why `npm ci` is needed, or undefined when node_modules holds what package-lock.json wants.
 *  npm writes node_modules/.package-lock.json last, so a half-finished installation has none.
 *  @param development  whether development packages are needed too */
export function installationProblem(root, { development }) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  if (!wanted)
    throw new Error(`${join(root, 'package-lock.json')} is missing or damaged: restore it from the repository.`);
  const present = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (!present) return 'packages are not installed';
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || entry.optional || entry.devOptional || (entry.dev && !development)) continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if (!present[path]) return `${name} is not installed`;
    if (present[path].version !== entry.version || present[path].integrity !== entry.integrity)
      return `${name} has another version`;
    if (!existsSync(join(root, path, 'package.json'))) return `${name} is incomplete`;
  }
  return undefined;
}

function npmCi(root, { development }, lock) {
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...(development ? ['--include=dev'] : [])];
  const npm = process.env.npm_execpath;
  const [program, first] = npm && /npm-cli\.[cm]?js$/.test(npm) ? [process.execPath, [npm]] : ['npm', []];
  // npm's summary is not for the terminal; its errors go to stderr
  const child = spawn(program, [...first, ...args], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: program === 'npm' && process.platform === 'win32',
  });
  // npm goes on when this process is killed, and nobody else may install before it ended
  if (child.pid !== undefined) lock.handTo(child.pid);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else
        reject(
          new Error(`npm ci failed (${signal ?? `exit code ${code}`}); solve what it says above and start again.`),
        );
    });
  });
}

/** Installs packages when they are missing or other than the lockfile's; two at once wait for each other.
 *  @throws Error when npm fails */
export async function ensureInstalled(root, options) {
  if (!installationProblem(root, options)) return;
  mkdirSync(join(root, '.sandai'), { recursive: true });
  let told = false;
  for (;;) {
    const lock = await acquireProcessLock(join(root, '.sandai', 'install.lock'));
    if ('release' in lock) {
      try {
        const problem = installationProblem(root, options);
        if (!problem) return;
        console.error(`Installing packages, because ${problem} …`);
        await npmCi(root, options, lock);
        const left = installationProblem(root, options);
        if (left) throw new Error(`npm ci ended well, but ${left}: run npm ci by hand and look at its output.`);
        return;
      } finally {
        lock.release();
      }
    }
    if (!told) console.error(`Process ${lock.heldBy} is installing packages; waiting for it …`);
    told = true;
    await sleep(250);
  }
}
