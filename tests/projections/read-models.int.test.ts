import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NewEvent } from '../../src/event-store/port.ts';
import type { RecordedEvent } from '../../src/events/envelope.ts';
import type { TenantId } from '../../src/events/ids.ts';
import { playerStream } from '../../src/events/player.ts';
import { entriesPage } from '../../src/projections/board-queries.ts';
import { findProfiles } from '../../src/projections/profiles.ts';
import { findSeason, listSeasons } from '../../src/projections/season-queries.ts';
import { closed, opened, player, scored, spring, tenant, withdrawn } from '../processors/log-under-test.ts';
import { type RowsUnderTest, rowsUnderTest } from './rows-under-test.ts';

let here: RowsUnderTest;

beforeAll(async () => {
  here = await rowsUnderTest();
});
afterAll(() => here.close());

const appended = async (append: Promise<{ events: readonly RecordedEvent[] }>) => (await append).events;
const entryOf = async (who: number) =>
  (await entriesPage(here.database, here.generations, { tenant, season: spring }, null, 100)).find(
    (entry) => entry.playerId === player(who),
  );

test('LeaderboardUpdated gives the entry, reached at the event', async () => {
  const [event] = await appended(here.appendEntry(1, scored(1, -5)));
  await here.project([event!]);
  const { eventId, recordedAt, partition, position } = event!;
  expect(await entryOf(1)).toEqual({
    playerId: player(1),
    version: 1n,
    standing: { score: -5, subscore: 0, eventId, reachedAt: recordedAt, partition, position },
  });
});

test('ScoreAttempted changes nothing', async () => {
  const [first] = await appended(here.appendEntry(2, scored(2, 9)));
  await here.project([first!]);
  const before = await entryOf(2);
  const { standing: _, previous: __, ...attempt } = scored(2, 3).data;
  await here.project(await appended(here.appendEntry(2, { type: 'ScoreAttempted', data: attempt })));
  expect(await entryOf(2)).toEqual(before);
});

test('ScoreWithdrawn without a standing score hides the entry, and an older event does not bring it back', async () => {
  const events = await appended(here.appendEntry(3, scored(3, 9), withdrawn(3)));
  await here.project(events);
  await here.project(events.slice(0, 1));
  expect(await entryOf(3)).toEqual({ playerId: player(3), version: 2n, standing: null });
});

test('ScoreWithdrawn with a standing score keeps the place in the log where that was reached', async () => {
  const standing = {
    score: 4,
    subscore: 1,
    eventId: player(77),
    reached: { recordedAt: '1767225600000001', partition: 3, position: '12' },
  };
  const event: NewEvent = { ...withdrawn(4), data: { ...withdrawn(4).data, standing } };
  await here.project(await appended(here.appendEntry(4, scored(4, 9), event)));
  expect((await entryOf(4))?.standing).toEqual({
    score: 4,
    subscore: 1,
    eventId: player(77),
    reachedAt: 1767225600000001n,
    partition: 3,
    position: 12n,
  });
});

test('SeasonOpened lists the season as open, SeasonClosed as closed with what it was opened with', async () => {
  const [first] = await appended(here.appendSeason(opened()));
  await here.project([first!]);
  expect(await findSeason(here.database, here.generations, tenant, spring)).toMatchObject({
    season: spring,
    operator: 'latest',
    submitBy: 'players',
    status: 'open',
    openedAt: first!.recordedAt,
  });
  await here.project(await appended(here.appendSeason(closed())));
  const closedSeason = await findSeason(here.database, here.generations, tenant, spring);
  expect(closedSeason).toMatchObject({ operator: 'latest', status: 'closed' });
  expect(await listSeasons(here.database, here.generations, tenant, { after: '', limit: 10 })).toEqual([closedSeason]);
  expect(await listSeasons(here.database, here.generations, tenant, { after: spring, limit: 10 })).toEqual([]);
  expect(await findSeason(here.database, here.generations, 'other' as TenantId, spring)).toBeNull();
});

test('PlayerRegistered makes the profile, DisplayNameChanged sets its sealed name and nothing else', async () => {
  const stream = playerStream(tenant, player(1));
  const registered = await appended(
    here.append(stream, [{ type: 'PlayerRegistered', data: { playerId: player(1), method: 'device' } }]),
  );
  await here.project(registered);
  const sealed = 'v1.k1."quoted" {braces}, \\ and ,commas';
  await here.project(
    await appended(
      here.append(stream, [{ type: 'DisplayNameChanged', data: { playerId: player(1), displayName: sealed } }]),
    ),
  );
  const found = await findProfiles(here.database, here.generations, tenant, [player(1), player(2)]);
  expect([...found]).toEqual([
    [
      player(1),
      { playerId: player(1), displayName: sealed, method: 'device', registeredAt: registered[0]!.recordedAt },
    ],
  ]);
});
