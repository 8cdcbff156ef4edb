import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureInstalled } from './installation.mjs';
import { prepare } from './prepare.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

const typeScript = (file, args) => {
  const tsx = pathToFileURL(createRequire(join(root, 'package.json')).resolve('tsx')).href;
  return ['--import', tsx, join(root, file), ...args];
};

const programs = {
  test: (args) => [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...args],
  bench: (args) => ['--max-semi-space-size=64', ...typeScript('bench/main.ts', args)],
  demo: (args) => typeScript('demo/main.ts', args),
};

/** Runs a Node program until it ends, with our terminal. Ctrl-C reaches it by itself, other signals are passed on.
 *  @returns its exit code, as a shell gives it */
function runProgram(args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

/** Installs what is missing, then runs `test`, `bench`, `demo`, or any command of the CLI. */
export async function run([command = 'start', ...args]) {
  await ensureInstalled(root, { development: command === 'test' || command === 'bench' });
  prepare(root);
  if (command in programs) {
    process.exitCode = await runProgram(programs[command](args));
    return;
  }
  const sandai = join(root, 'bin', 'sandai.mjs');
  process.argv = [process.execPath, sandai, command, ...args];
  await import(pathToFileURL(sandai).href);
}
