import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CommandRuntime } from '../../src/commands/handle.ts';
import { submitScore } from '../../src/commands/score.ts';
import { changeSeason } from '../../src/commands/season.ts';
import { type EventStore, openEventStore } from '../../src/event-store/index.ts';
import type { RecordedEvent } from '../../src/events/envelope.ts';
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
  stores = await Promise.all([open(), open(), open()]);
  processes = stores.map((store) => ({ ...processOn(store), ranking: unranked }));
});
afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await database.drop();
});

test('no score gets into a season after its close, from whichever process it comes', async () => {
  for (let round = 0; round < 6; round += 1) {
    const season = `season-${round}` as SeasonName;
    const [first, second, closer] = processes as [Process, Process, Process];
    const settings = { operator: 'best', opensAt: null, closesAt: null, submitBy: 'players' } as const;
    await changeSeason(closer, { type: 'OpenSeason', season, ...settings }, request());
    const submit = (process: Process) =>
      submitScore(
        process,
        {
          type: 'SubmitScore',
          season,
          playerId: randomUUID() as PlayerId,
          attempt: { score: 1, subscore: 0 },
          metadata: {},
          by: 'player',
          now,
        },
        request(),
      );
    const accepted: RecordedEvent[] = [];
    let close = (): void => undefined;
    const enough = new Promise<void>((resolve) => {
      close = resolve;
    });
    // Scores are on their way without a pause when the close comes between them.
    const playUntilRefused = async (process: Process) => {
      for (;;) {
        const { outcome, events } = await submit(process);
        if (!outcome.ok) return outcome.code;
        accepted.push(...events);
        if (accepted.length === 400) close();
      }
    };
    const playing = Promise.all(Array.from({ length: 60 }, (_, n) => playUntilRefused(n % 2 === 0 ? first : second)));
    await enough;
    const { events } = await changeSeason(closer, { type: 'CloseSeason', season }, request());
    const closedAt = events[0]?.recordedAt ?? 0n;
    expect(new Set(await playing)).toEqual(new Set(['SEASON_CLOSED']));
    expect(accepted.filter(({ recordedAt }) => recordedAt > closedAt)).toEqual([]);
  }
});
