import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CommandRuntime } from '../../src/commands/handle.ts';
import { submitScore } from '../../src/commands/score.ts';
import { changeSeason } from '../../src/commands/season.ts';
import { type EventStore, openEventStore } from '../../src/event-store/index.ts';
import type { PlayerId, SeasonName } from '../../src/events/ids.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { now, processOn, request } from './support.ts';

type Process = CommandRuntime & { readonly ranking: { ready(): Promise<void>; rankWith(): number; rankOf(): number } };

let database: TestDatabase;
let stores: EventStore[];
let processes: Process[];
const unranked = { ready: async () => undefined, rankWith: () => 1, rankOf: () => 1 };

beforeAll(async () => {
  database = await testDatabase();
  const open = () => openEventStore({ connectionString: database.url, conditionCategories: ['season'] });
  stores = await Promise.all([open(), open()]);
  processes = stores.map((store) => ({ ...processOn(store), ranking: unranked }));
});
afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await database.drop();
});

test('no score gets into a season after its close, from whichever process it comes', async () => {
  let accepted = 0;
  let refused = 0;
  for (let round = 0; round < 12; round += 1) {
    const season = `season-${round}` as SeasonName;
    const [first, second] = processes as [Process, Process];
    const open = {
      type: 'OpenSeason',
      season,
      operator: 'best',
      opensAt: null,
      closesAt: null,
      submitBy: 'players',
    } as const;
    await changeSeason(first, open, request());
    const submit = (process: Process, score: number) =>
      submitScore(
        process,
        {
          type: 'SubmitScore',
          season,
          playerId: randomUUID() as PlayerId,
          attempt: { score, subscore: 0 },
          metadata: {},
          by: 'player',
          now,
        },
        request(),
      );
    const scores = Array.from({ length: 80 }, (_, n) => submit(n % 2 === 0 ? first : second, n));
    const closing = changeSeason(round % 2 === 0 ? first : second, { type: 'CloseSeason', season }, request());
    const late = Array.from({ length: 80 }, (_, n) => submit(n % 2 === 0 ? first : second, n));
    const closed = (await closing).events[0];
    if (closed === undefined) throw new Error('the season was not closed');
    for (const { outcome, events } of await Promise.all([...scores, ...late])) {
      if (outcome.ok) accepted += 1;
      else refused += 1;
      if (!outcome.ok) expect(outcome.code).toBe('SEASON_CLOSED');
      for (const event of events) expect(event.recordedAt).toBeLessThanOrEqual(closed.recordedAt);
    }
    const after = await submit(first, 1);
    expect(after).toMatchObject({ outcome: { ok: false, code: 'SEASON_CLOSED' }, events: [] });
  }
  // Both must have happened, or nothing raced.
  expect(accepted).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(0);
});
