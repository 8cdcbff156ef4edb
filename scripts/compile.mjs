// Compiles the sources into one JavaScript file, because what compiles them while they load also wraps every function
// that they make (docs/performance.md).
import { mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Two folders below the root, as the files of src/ are that look for other files of the checkout. */
const output = join('dist', 'app', 'main.mjs');

/** Formulas in hundreds of small files, which took longer to find than to read. All other packages stay outside. */
const inside = /^(@stdlib\/|openskill$|ramda$|sort-unwind$)/;
const packages = {
  name: 'packages',
  setup: (build) =>
    build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || inside.test(path) ? undefined : { path, external: true },
    ),
};

const changedAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs;

/** Whether a source is as new as the compiled file, or that is missing. */
export function isStale(root) {
  const compiledAt = changedAt(join(root, output));
  if (compiledAt === undefined) return true;
  const sources = readdirSync(join(root, 'src'), { recursive: true }).map((name) => join(root, 'src', name));
  const others = ['projections.config.ts', 'package.json', 'scripts/compile.mjs'].map((name) => join(root, name));
  return [...sources, ...others].some((path) => changedAt(path) >= compiledAt);
}

/** The compiled program, compiled anew where a source has changed. Any number of processes may do so at once.
 *  @returns its path */
export async function compiledMain(root) {
  const main = join(root, output);
  if (!isStale(root)) return main;
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['src/main.ts'],
    outfile: main,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    plugins: [packages],
    // some of them still ask for Node's modules in the old way
    banner: {
      js: "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);",
    },
    sourcemap: 'linked',
    sourcesContent: false,
    write: false,
    logLevel: 'silent',
  });
  mkdirSync(dirname(main), { recursive: true });
  // the map first, so that a program never goes without it
  for (const { path, contents } of outputFiles.sort((a, b) => basename(b.path).length - basename(a.path).length)) {
    const written = `${path}.${process.pid}`;
    writeFileSync(written, contents);
    renameSync(written, path);
  }
  return main;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await compiledMain(fileURLToPath(new URL('..', import.meta.url)));
