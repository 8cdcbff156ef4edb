import { projections } from '../../projections.config.ts';
import { conditionCategories } from '../../src/application/database.ts';
import { runMatchmaker } from '../../src/application/matchmaking.ts';
import { startReadSide } from '../../src/cli/read-side.ts';
import { loadSettings } from '../../src/config/settings.ts';
import { openEventStore } from '../../src/event-store/index.ts';

/** A process with a matchmaker and nothing else: says `ready`, then works until it is killed.
 *  Arguments: URL of the database, lease in ms. */
const [url = '', leaseMs = '600'] = process.argv.slice(2);
const loaded = loadSettings({ flags: new Map([['processors.leaseMs', leaseMs]]), env: {}, cwd: process.cwd() });
if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
const log = await openEventStore({ connectionString: url, conditionCategories });
const readSide = await startReadSide({
  log,
  database: log.database,
  projections,
  process: false,
  tail: { maxPollMs: 20 },
  onProblem: () => undefined,
  onSkipped: () => undefined,
});
runMatchmaker({
  settings: loaded.settings,
  log,
  database: log.database,
  readSide,
  now: Date.now,
  onProblem: (_, error) => console.error(error),
});
process.stdout.write('ready\n');
