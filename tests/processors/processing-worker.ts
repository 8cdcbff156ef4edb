import { projections } from '../../projections.config.ts';
import { conditionCategories } from '../../src/application/database.ts';
import { startReadSide } from '../../src/cli/read-side.ts';
import { openEventStore } from '../../src/event-store/index.ts';

/** A process that keeps every read model up to date and nothing else: says `ready`, then works until it is killed. What fails is told on
 *  standard error. Arguments: URL of the database, lease in ms. */
const [url = '', leaseMs = '600'] = process.argv.slice(2);
const log = await openEventStore({ connectionString: url, conditionCategories });
await startReadSide({
  log,
  database: log.database,
  projections,
  settings: { leaseMs: Number(leaseMs), idleCheckpointMs: 50 },
  tail: { maxPollMs: 20 },
  onProblem: (name, error) => console.error(name, error),
  onSkipped: (view) => console.error(view, 'left out an event'),
});
process.stdout.write('ready\n');
