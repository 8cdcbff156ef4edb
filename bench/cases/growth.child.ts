import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conditionCategories } from '../../src/application/database.ts';
import { openEventStore } from '../../src/event-store/index.ts';
import { openDatabase } from '../../src/event-store/sql/database.ts';
import { rebuildProjection } from '../../src/processors/rebuild.ts';
import { leaderboards } from '../../src/projections/leaderboards.ts';
import { exportEvents } from '../../src/replay/export.ts';
import { resolveMoment } from '../../src/replay/moment.ts';
import { answerQuestions } from '../harness/child.ts';
import { appRoleOf, type BenchDatabase } from '../harness/server.ts';

export type GrowthQuestion = { readonly kind: 'rebuild' | 'export'; readonly database: BenchDatabase };
/** @property peakMiB most memory that the process ever held */
export type GrowthAnswer = { readonly eventsPerSecond: number; readonly peakMiB: number };

async function measure({ kind, database: urls }: GrowthQuestion): Promise<GrowthAnswer> {
  const log = await openEventStore({ connectionString: urls.appUrl, conditionCategories });
  const owner = await openDatabase({ url: urls.ownerUrl, maxConnections: 2 });
  const directory = mkdtempSync(join(tmpdir(), 'sandai-bench-'));
  try {
    const { database } = log;
    const { position } = await resolveMoment(database, log.info, 'now');
    const events = Number([...position.values()].reduce((sum, end) => sum + end, 0n));
    const startedAt = performance.now();
    if (kind === 'rebuild') {
      const appRole = appRoleOf(urls) ?? null;
      await rebuildProjection({ projection: leaderboards, log, database, owner, appRole, graceMs: 0 });
    } else {
      const path = join(directory, 'events.parquet');
      await exportEvents(database, { logId: log.info.logId, from: new Map(), to: position, path, format: 'parquet' });
    }
    return {
      eventsPerSecond: events / ((performance.now() - startedAt) / 1000),
      peakMiB: process.resourceUsage().maxRSS / 1024,
    };
  } finally {
    rmSync(directory, { recursive: true });
    await owner.close();
    await log.close();
  }
}

answerQuestions(measure, async () => undefined);
