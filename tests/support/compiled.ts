import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { buildSync } from 'esbuild';

const folder = join(import.meta.dirname, '..', '..', 'dist', 'tests');
const known = new Map<string, string>();

/** A TypeScript program of the tests as one JavaScript file: to compile it in each of many processes takes longer than what those do.
 *  @param file its path
 *  @returns the path of what Node runs */
export function compiled(file: string): string {
  const made = known.get(file);
  if (made !== undefined) return made;
  const { outputFiles } = buildSync({
    entryPoints: [file],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    write: false,
  });
  // two folders below the root, as the files of src/ are that look for other files of the checkout
  const output = join(folder, `${basename(dirname(file))}-${basename(file, '.ts')}.mjs`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${output}.${process.pid}`, outputFiles[0]!.contents);
  renameSync(`${output}.${process.pid}`, output);
  known.set(file, output);
  return output;
}
