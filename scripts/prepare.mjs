// npm's `prepare` script, also run by bootstrap.mjs. It never fails: what it makes is convenient, not necessary.
import { chmodSync, existsSync, lstatSync, mkdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNativePostgres, linkLibraries } from '../src/platform/library-links.mjs';

const target = '../../bin/sandai.mjs';

function linkCommand(root) {
  const link = join(root, 'node_modules', '.bin', 'sandai');
  if (!existsSync(join(root, 'node_modules'))) return;
  mkdirSync(dirname(link), { recursive: true });
  if (process.platform === 'win32') {
    writeFileSync(`${link}.cmd`, '@node "%~dp0\\..\\..\\bin\\sandai.mjs" %*\r\n');
    return;
  }
  const there = lstatSync(link, { throwIfNoEntry: false });
  if (there?.isSymbolicLink() && readlinkSync(link) === target) return;
  rmSync(link, { force: true });
  symlinkSync(target, link);
  const program = join(root, 'bin', 'sandai.mjs');
  if (existsSync(program)) chmodSync(program, 0o755);
}

function linkPostgres(root) {
  const found = findNativePostgres(join(root, 'package.json'));
  if (found) linkLibraries(found.native);
}

/** Makes `npx sandai` work in the checkout, and the library links of the embedded PostgreSQL; both only where they are missing. */
export function prepare(root) {
  for (const step of [linkCommand, linkPostgres]) {
    try {
      step(root);
    } catch (error) {
      // a read-only or half-made node_modules; `start` says what is missing when it needs it
      if (process.env.npm_config_loglevel === 'verbose') console.error(`prepare: ${error.message}`);
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) prepare(fileURLToPath(new URL('..', import.meta.url)));
