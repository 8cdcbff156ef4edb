// What `npm start`, `npm test`, `npm run bench` and `npm run demo` run, on a fresh clone too: plain Node, no packages.
import { nodeProblem } from './node-version.mjs';

const problem = nodeProblem(process.versions.node);
if (problem) {
  console.error(problem);
  process.exitCode = 1;
} else {
  // imported late, so that an old Node reads only the check above
  import('./run.mjs')
    .then(({ run }) => run(process.argv.slice(2)))
    .catch((error) => {
      console.error(`sandai: ${error.message}`);
      process.exitCode = 1;
    });
}
