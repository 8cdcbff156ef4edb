import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conditionCategories } from '../../src/application/database.ts';
import { openEventStore } from '../../src/event-store/index.ts';
import { openDatabase } from '../../src/event-store/sql/database.ts';
import { leaderboards } from '../../src/projections/leaderboards.ts';
import { exportEvents } from '../../src/replay/export.ts';
import { resolveMoment } from '../../src/replay/moment.ts';
import { inReadModel } from '../../src/replay/replay.ts';
import { urlInSchema } from '../../src/replay/scratch.ts';
import type { Benchmark } from '../benchmark.ts';
import { fillWithScores, newPlayers } from '../harness/fill.ts';

const players = 100_000;
const eventsEach = 5;

/** What analysts wait for: a projection as of a moment, and an export to Parquet, over 500,000 events. */
export const replay: Benchmark = {
  name: 'replay',
  measures: [
    { name: 'replay-as-of', unit: 'events/s', better: 'higher', floor: { value: 100_000 } },
    { name: 'export', unit: 'events/s', better: 'higher', floor: { value: 150_000 } },
  ],
  async prepare(surroundings) {
    const urls = await surroundings.database();
    const log = await openEventStore({ connectionString: urls.appUrl, conditionCategories });
    const owner = await openDatabase({ url: urls.ownerUrl, maxConnections: 2 });
    surroundings.tell(`filling the log with ${players * eventsEach} events`);
    await fillWithScores(log, newPlayers(players), eventsEach, (player, nth) => ((player * 7_919) % 1_000_003) + nth);
    const { database } = log;
    const openInSchema = (schema: string) =>
      openDatabase({ url: urlInSchema(urls.ownerUrl, schema), maxConnections: 3 });
    const context = { log, database, owner, openInSchema };
    const directory = mkdtempSync(join(tmpdir(), 'sandai-bench-'));
    const timed = async (work: () => Promise<unknown>) => {
      const startedAt = performance.now();
      await work();
      return (players * eventsEach) / ((performance.now() - startedAt) / 1000);
    };
    const unreadable = ({ reason }: { reason: string }) => {
      throw new Error(reason);
    };
    return {
      peer: null,
      async sandai() {
        const moment = await resolveMoment(database, log.info, 'now');
        const work = { projection: leaderboards, onUnreadable: unreadable };
        const replayed = await timed(() => inReadModel(context, work, moment, async () => undefined));
        const path = join(directory, 'events.parquet');
        const options = {
          logId: log.info.logId,
          from: new Map(),
          to: moment.position,
          path,
          format: 'parquet',
        } as const;
        const exported = await timed(() => exportEvents(database, options));
        rmSync(path);
        return { 'replay-as-of': replayed, export: exported };
      },
      async close() {
        rmSync(directory, { recursive: true });
        await log.close();
        await owner.close();
        await surroundings.release(urls);
      },
    };
  },
};
