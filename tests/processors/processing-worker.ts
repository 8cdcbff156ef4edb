import { setTimeout } from 'node:timers/promises';
import { projections } from '../../projections.config.ts';
import { conditionCategories } from '../../src/application/database.ts';
import { startReadSide } from '../../src/cli/read-side.ts';
import { openEventStore } from '../../src/event-store/index.ts';
import type { Processor } from '../../src/processors/processor.ts';
import { startProcessors } from '../../src/processors/start.ts';

/** A process that keeps every read model up to date, and in the table `taken` which events its probes took; says `ready`, then works until it
 *  is killed. What fails is told on standard error. Arguments: URL of the database, lease in ms, names of the probes. */
const [url = '', leaseMs = '600', ...probes] = process.argv.slice(2);
const settings = { leaseMs: Number(leaseMs), idleCheckpointMs: 50, minIntervalMs: 5 };
const onProblem = (name: string, error: unknown) => console.error(name, error);
const log = await openEventStore({ connectionString: url, conditionCategories, deadlineMs: 3_000 });
const { database } = log;
const { tail, generations } = await startReadSide({
  log,
  database,
  projections,
  settings,
  tail: { maxPollMs: 20 },
  onProblem,
  onSkipped: (view) => console.error(view, 'left out an event'),
});

/** Plain inserts, so that an event that is taken twice shows. Takes its time, so that a pause is likely to fall into it. */
const probe = (name: string): Processor => ({
  name,
  types: ['LeaderboardUpdated'],
  batchSize: 5,
  async handle(events) {
    await setTimeout(20);
    return async (sql) => {
      for (const { partition, position } of events)
        await sql.query('insert into taken values ($1::text, $2::int, $3::int8)', [name, partition, `${position}`]);
    };
  },
});
startProcessors({
  database,
  tail,
  generations,
  settings,
  onProblem,
  sources: probes.map((name) => ({ name, current: async () => probe(name) })),
});
process.stdout.write('ready\n');
