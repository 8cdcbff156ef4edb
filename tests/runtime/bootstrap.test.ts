import { spawnSync } from 'node:child_process';
import { lstatSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installationProblem } from '../../scripts/installation.mjs';
import { nodeProblem } from '../../scripts/node-version.mjs';
import { prepare } from '../../scripts/prepare.mjs';
import { linkLibraries } from '../../src/platform/library-links.mjs';

const folder = () => mkdtempSync(join(tmpdir(), 'sandai-bootstrap-'));

type Packages = Record<string, { version: string; integrity?: string; dev?: boolean; optional?: boolean }>;

const wanted: Packages = {
  'node_modules/one': { version: '1.0.0', integrity: 'a' },
  'node_modules/one/node_modules/two': { version: '2.0.0', integrity: 'b' },
  'node_modules/tool': { version: '3.0.0', integrity: 'c', dev: true },
  'node_modules/for-other-systems': { version: '4.0.0', integrity: 'd', optional: true },
};

function checkout(installed: Packages | undefined): string {
  const root = folder();
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: { '': { version: '0.1.0' }, ...wanted } }));
  for (const path of Object.keys(installed ?? {})) {
    mkdirSync(join(root, path), { recursive: true });
    writeFileSync(join(root, path, 'package.json'), '{}');
  }
  if (installed)
    writeFileSync(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: installed }));
  return root;
}

const without = (...paths: string[]) =>
  Object.fromEntries(Object.entries(wanted).filter(([path]) => !paths.includes(path)));

const problem = (root: string, development = true) => installationProblem(root, { development });

test('a complete installation needs nothing, also without packages for other systems', () => {
  expect(problem(checkout(wanted))).toBeUndefined();
  expect(problem(checkout(without('node_modules/for-other-systems')))).toBeUndefined();
});

test('a fresh clone needs an installation', () => {
  expect(problem(checkout(undefined))).toBe('packages are not installed');
});

test('a half-finished installation, which npm has not written its record of, is done again', () => {
  const root = checkout(wanted);
  rmSync(join(root, 'node_modules', '.package-lock.json'));
  expect(problem(root)).toBe('packages are not installed');
});

test('a lockfile that names other versions or further packages needs an installation', () => {
  expect(problem(checkout({ ...wanted, 'node_modules/one': { version: '1.0.1', integrity: 'a' } }))).toBe(
    'one has another version',
  );
  expect(problem(checkout({ ...wanted, 'node_modules/one': { version: '1.0.0', integrity: 'z' } }))).toBe(
    'one has another version',
  );
  expect(problem(checkout(without('node_modules/one/node_modules/two')))).toBe('two is not installed');
});

test('a package whose folder was deleted needs an installation', () => {
  const root = checkout(wanted);
  rmSync(join(root, 'node_modules/one/node_modules'), { recursive: true });
  expect(problem(root)).toBe('two is incomplete');
});

test('only tests and benchmarks need the packages for development', () => {
  const root = checkout(without('node_modules/tool'));
  expect(problem(root, false)).toBeUndefined();
  expect(problem(root, true)).toBe('tool is not installed');
});

test('a Node older than 20.19 is refused with one line', () => {
  expect(['18.20.0', '20.18.3', '19.9.0'].map((version) => nodeProblem(version)?.includes(version))).toEqual([
    true,
    true,
    true,
  ]);
  expect(['20.19.0', '20.20.2', '22.0.0', '24.1.0'].map(nodeProblem)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('the library links are made once, and those that are there stay', () => {
  const native = join(folder(), 'native');
  mkdirSync(join(native, 'lib'), { recursive: true });
  const links = [
    { source: 'native/lib/a.so.1.2', target: 'native/lib/a.so' },
    { source: 'native/lib/a.so.1.2', target: 'native/lib/a.so.1' },
  ];
  writeFileSync(join(native, 'pg-symlinks.json'), JSON.stringify(links));
  expect(linkLibraries(native)).toBe(2);
  expect(readlinkSync(join(native, 'lib', 'a.so.1'))).toBe('a.so.1.2');
  expect(linkLibraries(native)).toBe(0);
});

test.skipIf(process.platform === 'win32')('the sandai command is linked into node_modules, again and again', () => {
  const root = folder();
  prepare(root);
  expect(lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })).toBeUndefined();
  mkdirSync(join(root, 'node_modules'));
  prepare(root);
  prepare(root);
  expect(readlinkSync(join(root, 'node_modules', '.bin', 'sandai'))).toBe('../../bin/sandai.mjs');
});

test('npm start passes on the exit code and the words of the command, from any directory', () => {
  const script = join(import.meta.dirname, '..', '..', 'scripts', 'bootstrap.mjs');
  const ran = spawnSync(process.execPath, [script, 'start', '--store.lanes=none'], { cwd: folder(), encoding: 'utf8' });
  expect(ran.stderr.trim()).toBe(
    'sandai: store.lanes (flag --store.lanes): must be a whole number from 1 to 64, not "none".',
  );
  expect(ran.status).toBe(1);
});
