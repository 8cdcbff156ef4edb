import type { ReadSide } from '../cli/read-side.ts';
import type { Metrics } from '../http/metrics.ts';
import type { Database } from '../ports/database.ts';
import type { JobQueue } from '../ports/jobs.ts';
import { processorStatus } from '../processors/status.ts';
import type { Automation } from './automation.ts';

type Store = { readonly database: Database; waiting(): number };

/** Adds the gauges that are asked at each scrape. */
export function addGauges(
  metrics: Metrics,
  store: Store,
  { boards, revokedSessions, matchmakingQueue, remoteConfig }: ReadSide,
  { agendas }: Automation,
  jobs: Pick<JobQueue, 'size'>,
): void {
  const { database } = store;
  const one = (value: number) => new Map([['', value]]);
  metrics.gauge('sandai_append_queue_depth', 'Appends that wait for a statement', null, () => one(store.waiting()));
  metrics.gauge('sandai_jobs', 'Things to do outside that this process has in hand', null, () => one(jobs.size()));
  metrics.gauge('sandai_boards_entries', 'Leaderboard entries in memory', null, () => one(boards.size.entries));
  metrics.gauge('sandai_revoked_sessions', 'Revoked sessions in memory', null, () => one(revokedSessions.size));
  metrics.gauge('sandai_matchmaking_queue_depth', 'Tickets that wait for a match', null, () =>
    one(matchmakingQueue.size),
  );
  metrics.gauge('sandai_remote_config', 'Experiments and variants in memory', null, () => one(remoteConfig.size));
  metrics.gauge(
    'sandai_processor_lag_events',
    'Events in the log after the checkpoints of a processor',
    'processor',
    async () => new Map((await processorStatus(database)).map((each) => [each.processor, each.lagEvents])),
  );
  metrics.gauge(
    'sandai_processor_lag_seconds',
    'Age of the oldest event after the checkpoints of a processor',
    'processor',
    async () => new Map((await processorStatus(database)).map((each) => [each.processor, each.lagSeconds])),
  );
  metrics.gauge(
    'sandai_agenda_overdue_seconds',
    'Age of the oldest thing on an agenda of this process that is due and could not be done',
    'agenda',
    () => new Map(agendas.status().map(({ name, overdueMs }) => [name, overdueMs / 1000])),
  );
  metrics.gauge(
    'sandai_oldest_transaction_age_seconds',
    "Age of the oldest open transaction that the application's role may see: long ones slow every append",
    null,
    async () => {
      const { rows } = await database.query(
        `SELECT coalesce(max(extract(epoch FROM clock_timestamp() - xact_start)), 0)::float8 AS age
         FROM pg_stat_activity WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()`,
      );
      return one((rows[0] as { age: number }).age);
    },
  );
}
