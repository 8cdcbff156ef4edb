import type { CommandRuntime } from '../../src/commands/handle.ts';
import type { WorkerContext } from '../../src/workers/context.ts';
import { now } from '../commands/support.ts';

/** What a worker works with on a log: services that take everything, no ranks, and sealed texts that open to themselves. */
export const workerContext = (runtime: CommandRuntime, changes: Partial<WorkerContext> = {}): WorkerContext => ({
  runtime: { ...runtime, ranking: { ready: async () => undefined, rankWith: () => 1, rankOf: () => null } },
  messenger: { send: async () => 'gateway' },
  mailer: { send: async () => 'gateway' },
  push: { push: async () => 'gateway' },
  open: async (_tenant, _subject, _field, sealed) => sealed,
  openSeasons: async () => [],
  hashCode: (_tenant, code) => code,
  emailOf: async () => 'ada@example.com',
  backoff: { baseMs: 1_000, capMs: 60_000 },
  random: () => 0.5,
  now: () => now,
  ...changes,
});
