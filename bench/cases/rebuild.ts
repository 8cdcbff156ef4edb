import { conditionCategories } from '../../src/application/database.ts';
import { openEventStore } from '../../src/event-store/index.ts';
import { openDatabase } from '../../src/event-store/sql/database.ts';
import { rebuildProjection } from '../../src/processors/rebuild.ts';
import { leaderboards } from '../../src/projections/leaderboards.ts';
import type { Benchmark } from '../benchmark.ts';
import { fillWithScores, newPlayers } from '../harness/fill.ts';
import { appRoleOf } from '../harness/server.ts';
import { withEmmett } from '../peers/emmett.ts';
import { fillEmmettWithScores, rebuildEmmettBoard } from '../peers/emmett-rebuild.ts';

const players = 100_000;
const eventsEach = 5;
const peerEvents = 50_000;

/** The `leaderboards` projection from position 0 over 500,000 events of 100,000 entries, the peer's from a tenth of them. */
export const rebuild: Benchmark = {
  name: 'rebuild',
  measures: [{ name: 'rebuild', unit: 'events/s', better: 'higher', floor: { value: 100_000 } }],
  async prepare(surroundings) {
    const database = await surroundings.database();
    const log = await openEventStore({ connectionString: database.appUrl, conditionCategories });
    const owner = await openDatabase({ url: database.ownerUrl, maxConnections: 2 });
    surroundings.tell(`filling the log with ${players * eventsEach} events`);
    await fillWithScores(log, newPlayers(players), eventsEach, (player, nth) => ((player * 7_919) % 1_000_003) + nth);
    const peer = await withEmmett(surroundings, async (emmett) => ({ rebuild: await rebuildEmmettBoard(emmett) }), {
      fill: (emmett) => fillEmmettWithScores(emmett, peerEvents, eventsEach),
      appending: false,
    });
    return {
      async sandai() {
        const { eventsPerSecond } = await rebuildProjection({
          projection: leaderboards,
          log,
          database: log.database,
          owner,
          appRole: appRoleOf(database) ?? null,
          graceMs: 0,
        });
        return { rebuild: eventsPerSecond };
      },
      peer,
      async close() {
        await peer?.close();
        await log.close();
        await owner.close();
        await surroundings.release(database);
      },
    };
  },
};
