#!/usr/bin/env node
import { nodeProblem } from '../scripts/node-version.mjs';

const problem = nodeProblem(process.versions.node);
if (problem) {
  console.error(problem);
  process.exitCode = 1;
} else {
  // imported late, so that an old Node reads only the check above
  import('../scripts/start-compiled.mjs').catch((error) => {
    const missing = error.code === 'ERR_MODULE_NOT_FOUND' && /'(esbuild|[^./'][^']*)'/.test(error.message);
    console.error(missing ? 'sandai: packages are not installed; run npm ci (npm start does it by itself).' : error);
    process.exitCode = 1;
  });
}
