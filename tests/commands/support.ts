import type { CommandContext, Outcome } from '../../src/commands/context.ts';
import type { CommandRuntime } from '../../src/commands/handle.ts';
import { StateCache } from '../../src/commands/state-cache.ts';
import { StreamLocks } from '../../src/commands/stream-locks.ts';
import { type EventLog, type IdempotencyRecord, openMemoryStore } from '../../src/event-store/index.ts';
import type { PlayerId, TenantId } from '../../src/events/ids.ts';
import { playerStream } from '../../src/events/player.ts';

export const tenant = 'acme' as TenantId;
export const openLog = (): EventLog =>
  openMemoryStore({ conditionCategories: ['email', 'party', 'player', 'product', 'season'] });

/** Makes accounts. */
export async function register(log: EventLog, players: readonly PlayerId[], of = tenant): Promise<EventLog> {
  for (const playerId of players)
    await log.append({
      tenant: of,
      streams: [
        {
          streamId: playerStream(of, playerId),
          expectedVersion: 0n,
          events: [{ type: 'PlayerRegistered', data: { playerId, method: 'device' } }],
        },
      ],
    });
  return log;
}

/** A process of its own on a log that others may share. */
export const processOn = (log: EventLog): CommandRuntime => ({
  log,
  states: new StateCache(100),
  locks: new StreamLocks(),
});

export const now = Date.parse('2026-03-01T11:00:00.000Z');

/** A request without an idempotency key. */
export const request = <Result>(changes: Partial<CommandContext<Result>> = {}): CommandContext<Result> => ({
  tenant,
  actor: 'operator:eve',
  correlationId: 'request-1',
  now,
  ...changes,
});

/** A request whose outcome is remembered under a key.
 *  @param remembers which outcomes are; all when left out */
export function keyed<Result>(
  key: string,
  remembers: (outcome: Outcome<Result>) => boolean = () => true,
): CommandContext<Result> {
  const place = { tenant, scope: 'operator:eve|POST /test', key };
  const record = (outcome: Outcome<Result>): IdempotencyRecord => ({
    ...place,
    requestHash: 'hash',
    status: outcome.ok ? 200 : 409,
    response: JSON.stringify(outcome),
    expiresAt: Date.now() + 3_600_000,
  });
  return request({ key: place, remember: (outcome) => (remembers(outcome) ? record(outcome) : undefined) });
}

/** A log that lets a test step in before each call. */
export const intercepted = (log: EventLog, steps: Partial<EventLog>): EventLog => ({ ...log, ...steps });

export const totalEvents = async (log: EventLog): Promise<number> =>
  Number([...(await log.positions()).values()].reduce((sum, position) => sum + position, 0n));

/** A vault that seals nothing. */
export const openVault = {
  forWriting: async () => ({ newKey: null, encrypt: (_field: string, clear: string) => clear }),
  forNewPlayer: () => ({ newKey: null, encrypt: (_field: string, clear: string) => clear }),
};
