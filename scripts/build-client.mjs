// Compiles src/client to dist/client, which `sandai/client` is; without development packages there is nothing to do it with.
// Part of npm's `prepare`, which must not fail an installation: what is wrong is said, and a test misses the client.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const project = join(root, 'src', 'client', 'tsconfig.json');

if (existsSync(compiler) && existsSync(project))
  spawnSync(process.execPath, [compiler, '-p', project], { stdio: 'inherit' });
