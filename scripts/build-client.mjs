// Compiles src/client and src/openfeature to dist/, which `sandai/client` and `sandai/openfeature` are; without development packages there is nothing to do it with.
// Part of npm's `prepare`, which must not fail an installation: what is wrong is said, and a test misses the client.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

const asked = process.argv.slice(2);
for (const name of asked.length > 0 ? asked : ['client', 'openfeature']) {
  const project = join(root, 'src', name, 'tsconfig.json');
  if (existsSync(compiler) && existsSync(project))
    spawnSync(process.execPath, [compiler, '-p', project], { stdio: 'inherit' });
}
