import { setTimeout as sleep } from 'node:timers/promises';
import { rebuild } from '../src/cli/projections.ts';
import { openDatabase } from '../src/event-store/sql/database.ts';
import type { Database } from '../src/ports/database.ts';
import { choose, listGenerations, processorName } from '../src/processors/generations.ts';
import type { RebuildResult } from '../src/processors/rebuild.ts';
import { processorStatus } from '../src/processors/status.ts';
import { leaderboards } from '../src/projections/leaderboards.ts';

export type DatabaseUrls = {
  readonly databaseUrl: string;
  readonly ownerUrl: string;
  readonly appRole: string | undefined;
};

/** @property rows      rows of the season in the rebuilt tables
 *  @property different rows that only one of the two has */
export type Comparison = { readonly rebuilt: RebuildResult; readonly rows: number; readonly different: number };

const waitMs = 60_000;

/** Rebuilds the leaderboards from position 0 and compares each row of a season with the one that was kept up to date while it was played. */
export async function rebuildAndCompare(urls: DatabaseUrls, season: string): Promise<Comparison> {
  const database = await openDatabase({ url: urls.databaseUrl, maxConnections: 2 });
  try {
    const live = await generationInUse(database);
    await caughtUp(database, processorName(leaderboards.name, live));
    const rebuilt = await rebuild(leaderboards, urls, { graceMs: 3_600_000, stream: process.stderr });
    let rows = 0;
    let different = 0;
    const before = leaderboards.tables(live);
    for (const [index, { name }] of leaderboards.tables(rebuilt.generation).entries()) {
      const old = before[index]!.name;
      const count = async (from: string) =>
        Number(
          ((await database.query(`select count(*) as n from (${from}) as r`, [season])).rows[0] as { n: string }).n,
        );
      const all = (table: string) => `select * from ${table} where season = $1::text`;
      rows += await count(all(name));
      different += await count(`${all(name)} except all ${all(old)}`);
      different += await count(`${all(old)} except all ${all(name)}`);
    }
    return { rebuilt, rows, different };
  } finally {
    await database.close();
  }
}

async function generationInUse(database: Database): Promise<number> {
  const chosen = choose(await listGenerations(database, leaderboards.name), leaderboards.version);
  if (chosen === null) throw new Error('the leaderboards have no tables: run "npx sandai migrate"');
  return chosen.generation;
}

/** Waits until a processor's rows hold the whole log. */
async function caughtUp(database: Database, name: string): Promise<void> {
  const deadline = Date.now() + waitMs;
  for (;;) {
    const behind = (await processorStatus(database)).filter(
      ({ processor, lagEvents }) => processor === name && Number(lagEvents) > 0,
    );
    if (behind.length === 0) return;
    if (Date.now() > deadline) throw new Error('the leaderboards did not catch up with the log within a minute');
    await sleep(50);
  }
}
