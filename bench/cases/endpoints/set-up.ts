import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '../../../src/client/index.ts';
import { openEventStore } from '../../../src/event-store/index.ts';
import type { SeasonName, TenantId } from '../../../src/events/ids.ts';
import { seasonCategory, seasonStream } from '../../../src/events/season.ts';
import { definition } from './economy.ts';
import { halves } from './experiments.ts';
import { archivedSeason, experiment, product, season, tournament } from './model.ts';

type Admin = ReturnType<typeof createClient>;
export const adminOf = (url: string, token: string): Admin => createClient({ url, token });

const longestMs = 90_000;

async function until(isSo: () => Promise<boolean>, what: string): Promise<void> {
  for (const startedAt = performance.now(); !(await isSo()); await sleep(200))
    if (performance.now() - startedAt > longestMs) throw new Error(`${what} takes too long`);
}

/** What operators prepare before players come. */
export async function prepare(admin: Admin): Promise<void> {
  for (const name of [season, archivedSeason])
    await admin.post('/v1/seasons', { body: { season: name, operator: 'best' } });
  const nextMinute = new Date(Date.now() + 60_000).getUTCMinutes();
  const cron = `${nextMinute} * * * *`;
  await admin.post('/v1/tournaments', { body: { tournament, operator: 'best', cron, duration_s: 3_600 } });
  await admin.put('/v1/products/{product_id}', { path: { product_id: product }, body: definition });
  const path = { experiment_id: experiment };
  await admin.put('/v1/experiments/{experiment_id}', { path, body: halves });
  await admin.post('/v1/experiments/{experiment_id}/start', { path });
  await admin.put('/v1/config/{experiment_id}/{cohort}', {
    path: { ...path, cohort: 'plain' },
    ifMatch: 0,
    body: { values: { lives: 3 } },
  });
}

/** Ends the night before the load begins: the tournament runs, and a season is archived as if it had closed the day before. */
export async function open(admin: Admin, appUrl: string): Promise<void> {
  await admin.post('/v1/seasons/{season}/close', { path: { season: archivedSeason } });
  const tenant = 'default' as TenantId;
  const name = archivedSeason as SeasonName;
  const log = await openEventStore({ connectionString: appUrl, conditionCategories: [seasonCategory] });
  const events = [{ type: 'SeasonArchived', data: { season: name } }];
  await log.append({ tenant, streams: [{ streamId: seasonStream(tenant, name), expectedVersion: 2n, events }] });
  await log.close();
  const isThere = (read: Promise<unknown>) =>
    read.then(
      () => true,
      () => false,
    );
  await until(
    () => isThere(admin.get('/v1/seasons/{season}/history', { path: { season: archivedSeason } })),
    'the archive of a season',
  );
  await until(
    () => isThere(admin.get('/v1/tournaments/{tournament}/leaderboard', { path: { tournament } })),
    'the beginning of a tournament',
  );
}
