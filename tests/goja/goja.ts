import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const module = fileURLToPath(new URL('./', import.meta.url));
const run = promisify(execFile);
const go = (...args: string[]) => run('go', args, { cwd: module });
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A function of a script and what to call it with. @property function an expression, such as `assignment.assign` */
export type Question = {
  readonly script: string;
  readonly function: string;
  readonly inputs: readonly (readonly unknown[])[];
};

/** The engine that Nakama hosts modules in, at the version of Nakama 3.40. */
export type Goja = { call(question: Question): readonly unknown[]; remove(): void };

/** Builds the engine with Go: half a minute the first time.
 *  @returns why there is none, where Go or its packages cannot be had */
export async function buildGoja(): Promise<Goja | string> {
  const isInstalled = await go('version').catch(() => null);
  if (isInstalled === null) return 'Go is not installed: https://go.dev/dl';
  const problem = await go('mod', 'download').then(() => null, reasonOf);
  if (problem !== null) return `the packages of tests/goja/go.mod cannot be had: ${problem}`;
  const directory = mkdtempSync(join(tmpdir(), 'sandai-goja-'));
  const binary = join(directory, 'goja');
  await go('build', '-o', binary, '.');
  return {
    call(question) {
      const input = JSON.stringify(question);
      const ran = spawnSync(binary, [], { input, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
      if (ran.status !== 0) throw new Error(ran.stderr || String(ran.error));
      return JSON.parse(ran.stdout) as unknown[];
    },
    remove: () => rmSync(directory, { recursive: true }),
  };
}
