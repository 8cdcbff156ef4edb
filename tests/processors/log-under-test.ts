import { randomUUID } from 'node:crypto';
import { projections } from '../../projections.config.ts';
import { conditionCategories } from '../../src/application/database.ts';
import { openEventStore } from '../../src/event-store/index.ts';
import type { LogPosition, NewEvent } from '../../src/event-store/port.ts';
import { openDatabase } from '../../src/event-store/sql/database.ts';
import type { PlayerId, SeasonName, SessionId, StreamId, TenantId } from '../../src/events/ids.ts';
import { leaderboardEntryStream } from '../../src/events/leaderboard-entry.ts';
import { seasonStream } from '../../src/events/season.ts';
import { roleOfUrl } from '../../src/migrate/index.ts';
import type { Projection } from '../../src/ports/projection.ts';
import { ensureProjections } from '../../src/processors/ensure-projections.ts';
import { testDatabase } from '../support/database.ts';

export const tenant = 'default' as TenantId;
export const spring = 'spring' as SeasonName;
export const player = (number: number): PlayerId =>
  `${number.toString(16).padStart(8, '0')}-0000-5000-8000-000000000000` as PlayerId;
export const session = (number: number): SessionId => player(number) as string as SessionId;

export const scored = (who: number, score: number, season = spring): NewEvent => ({
  type: 'LeaderboardUpdated',
  data: {
    season,
    playerId: player(who),
    operator: 'latest',
    attempt: { score, subscore: 0 },
    metadata: {},
    standing: { score, subscore: 0 },
    previous: null,
  },
});
export const withdrawn = (who: number, season = spring): NewEvent => ({
  type: 'ScoreWithdrawn',
  data: { season, playerId: player(who), withdrawnEventId: randomUUID(), standing: null },
});
/** A score that no definition accepts. */
export const corrupt = (who: number): NewEvent => {
  const good = scored(who, 1);
  return { ...good, data: { ...good.data, standing: 'nothing readable' } };
};
export const opened = (season = spring): NewEvent => ({
  type: 'SeasonOpened',
  data: { season, operator: 'latest', opensAt: null, closesAt: null, submitBy: 'players' },
});
export const closed = (season = spring): NewEvent => ({ type: 'SeasonClosed', data: { season } });

/** A migrated database with its log, and the read models' tables. */
export async function logUnderTest(configured: readonly Projection[] = projections) {
  const db = await testDatabase();
  const log = await openEventStore({ connectionString: db.url, conditionCategories });
  const database = await openDatabase({ url: db.url, maxConnections: 10 });
  const owner = await openDatabase({ url: db.ownerUrl, maxConnections: 2 });
  const appRole = db.url === db.ownerUrl ? null : (roleOfUrl(db.url) ?? null);
  await ensureProjections(owner, appRole, configured);
  const versions = new Map<string, bigint>();
  const append = async (streamId: StreamId, events: readonly NewEvent[]) => {
    const expectedVersion = versions.get(streamId) ?? 0n;
    versions.set(streamId, expectedVersion + BigInt(events.length));
    return log.append({ tenant, streams: [{ streamId, expectedVersion, events }] });
  };
  return {
    ...db,
    log,
    database,
    owner,
    appRole,
    append,
    appendEntry: (who: number, ...events: NewEvent[]) =>
      append(leaderboardEntryStream(tenant, spring, player(who)), events),
    appendSeason: (...events: NewEvent[]) => append(seasonStream(tenant, spring), events),
    /** Rows of a read model's table in one generation, without order. */
    rows: async (table: string, generation: number) =>
      (await db.query(`select * from ${table}__g${generation}`)).map((row) => JSON.stringify(row)).sort(),
    async close() {
      await log.close();
      await database.close();
      await owner.close();
      await db.drop();
    },
  };
}
export type LogUnderTest = Awaited<ReturnType<typeof logUnderTest>>;

/** Resolves when the answer is no longer undefined, false or null; asks again and again. */
export async function eventually<T>(ask: () => T | Promise<T>): Promise<NonNullable<T>> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A gate that a test opens. */
export function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

export const sumOf = (position: LogPosition): bigint => [...position.values()].reduce((sum, each) => sum + each, 0n);
