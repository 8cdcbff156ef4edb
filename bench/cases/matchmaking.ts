import { randomUUID } from 'node:crypto';
import { projections } from '../../projections.config.ts';
import { conditionCategories } from '../../src/application/database.ts';
import { modesOf, runMatchmaker } from '../../src/application/matchmaking.ts';
import { type ReadSide, startReadSide } from '../../src/cli/read-side.ts';
import { enqueueTicket } from '../../src/commands/matchmaking.ts';
import { StateCache } from '../../src/commands/state-cache.ts';
import { StreamLocks } from '../../src/commands/stream-locks.ts';
import { loadSettings } from '../../src/config/settings.ts';
import { openEventStore } from '../../src/event-store/index.ts';
import type { PlayerId, TicketId } from '../../src/events/ids.ts';
import { playerStream } from '../../src/events/player.ts';
import type { Benchmark } from '../benchmark.ts';
import { tenant } from '../harness/events.ts';

/** Of each level of skill: how many tickets of how many players want which modes. Together they make whole matches. */
const mixture = [
  { count: 60, players: 1, modes: ['solo'] },
  { count: 20, players: 1, modes: ['solo', 'trio'] },
  { count: 40, players: 2, modes: ['duo'] },
  { count: 40, players: 1, modes: ['duo'] },
  { count: 20, players: 4, modes: ['squad'] },
  { count: 20, players: 2, modes: ['squad'] },
];
const levels = [600, 1200, 1800, 2400, 3000];
const total = levels.length * mixture.reduce((sum, { count }) => sum + count, 0);

const wishes = () =>
  levels.flatMap((level) =>
    mixture.flatMap(({ count, players, modes }) =>
      Array.from({ length: count }, () => ({
        playerIds: Array.from({ length: players }, () => randomUUID() as PlayerId),
        modes,
        skill: level + Math.floor(Math.random() * 40) - 20,
      })),
    ),
  );

const shuffled = <T>(items: readonly T[]): T[] =>
  items
    .map((item) => ({ item, key: Math.random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);

const patienceMs = 60_000;

async function emptied({ matchmakingQueue: queue }: ReadSide): Promise<number> {
  const deadline = performance.now() + patienceMs;
  while (queue.size > 0) {
    if (performance.now() > deadline) throw new Error(`${queue.size} tickets still wait`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return performance.now();
}

/** A thousand tickets of single players and parties, of five levels of skill and four modes: how long until the last has its match,
 *  when they wait as the matchmaker starts, and when they arrive as fast as they can be written. The read models are kept up to date
 *  in the same process. */
export const matchmaking: Benchmark = {
  name: 'matchmaking',
  measures: [
    { name: 'matchmaking-drain', unit: 's', better: 'lower', floor: { value: 2 } },
    { name: 'matchmaking-arrive-and-drain', unit: 's', better: 'lower', floor: null },
  ],
  async prepare(surroundings) {
    const database = await surroundings.database();
    const loaded = loadSettings({ flags: new Map(), env: {}, cwd: process.cwd() });
    if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
    const { settings } = loaded;
    const log = await openEventStore({ connectionString: database.appUrl, conditionCategories });
    const readSide = await startReadSide({
      log,
      database: log.database,
      projections,
      onProblem: (name, error) => surroundings.tell(`${name}: ${error}`),
      onSkipped: (view) => surroundings.tell(`${view} left out an event`),
    });
    const runtime = { log, states: new StateCache(100_000), locks: new StreamLocks() };
    const modesKnown = modesOf(settings.matchmaking);
    const register = async (playerId: PlayerId) => {
      const events = [{ type: 'PlayerRegistered', data: { playerId, method: 'device' } }];
      await log.append({
        tenant,
        streams: [{ streamId: playerStream(tenant, playerId), expectedVersion: 0n, events }],
      });
    };
    const playersWithWishes = async () => {
      const all = shuffled(wishes());
      await Promise.all(all.map(({ playerIds }) => register(playerIds[0]!)));
      return all;
    };
    const enqueueAll = (all: ReturnType<typeof wishes>) =>
      Promise.all(
        all.map(async ({ playerIds, modes, skill }) => {
          const now = Date.now();
          const { outcome } = await enqueueTicket(
            runtime,
            {
              type: 'EnqueueTicket',
              ticketId: randomUUID() as TicketId,
              playerId: playerIds[0]!,
              playerIds,
              partyId: null,
              skill,
              modes,
              modesKnown,
              expiresAt: new Date(now + 300_000).toISOString(),
            },
            { tenant, actor: 'bench', correlationId: 'bench', now },
          );
          if (!outcome.ok) throw new Error(outcome.code);
        }),
      );
    const start = () =>
      runMatchmaker({
        settings,
        log,
        database: log.database,
        readSide,
        now: Date.now,
        onProblem: (_, error) => surroundings.tell(`the matchmaker: ${error}`),
      });
    return {
      async sandai() {
        await enqueueAll(await playersWithWishes());
        if (readSide.matchmakingQueue.size !== total) throw new Error('tickets are missing in the queue');
        const began = performance.now();
        const matchmaker = start();
        const drained = (await emptied(readSide)) - began;
        const next = await playersWithWishes();
        const arrived = performance.now();
        await enqueueAll(next);
        const kept = (await emptied(readSide)) - arrived;
        await matchmaker.stop();
        return { 'matchmaking-drain': drained / 1000, 'matchmaking-arrive-and-drain': kept / 1000 };
      },
      peer: null,
      async close() {
        await readSide.stop();
        await log.close();
        await surroundings.release(database);
      },
    };
  },
};
