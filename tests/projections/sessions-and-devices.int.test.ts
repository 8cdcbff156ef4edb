import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NewEvent } from '../../src/event-store/port.ts';
import { deviceStream } from '../../src/events/device.ts';
import type { TenantId } from '../../src/events/ids.ts';
import { sessionStream } from '../../src/events/session.ts';
import { devices, devicesOf } from '../../src/projections/devices.ts';
import { openSessionsOf, sessions } from '../../src/projections/sessions.ts';
import { player, session, tenant } from '../processors/log-under-test.ts';
import { authenticated, deviceOf, ended, linked, refreshed, unlinked } from './access-events.ts';
import { type RowsUnderTest, rowsUnderTest } from './rows-under-test.ts';

const readModels = [devices, sessions];
let here: RowsUnderTest;
beforeAll(async () => {
  here = await rowsUnderTest(readModels);
});
afterAll(() => here.close());

const inSession = (who: number, ...events: NewEvent[]) => here.happened(sessionStream(tenant, session(who)), ...events);
const onDevice = (device: number, ...events: NewEvent[]) =>
  here.happened(deviceStream(tenant, deviceOf(device)), ...events);
const open = (who: number, of = tenant) => openSessionsOf(here.database, here.generations, of, player(who));
const linkedTo = (who: number, of = tenant) => devicesOf(here.database, here.generations, of, player(who));

test('PlayerAuthenticated opens a session of its player', async () => {
  await inSession(1, authenticated(1));
  expect(await open(1)).toEqual([session(1)]);
  expect(await open(2)).toEqual([]);
  expect(await open(1, 'other' as TenantId)).toEqual([]);
});

test('SessionRefreshed changes when it was last used, and nothing else', async () => {
  const [started] = await inSession(3, authenticated(3));
  const [next] = await inSession(3, refreshed(3));
  const [row] = await here.query(
    'select started_at, refreshed_at, ended_at, client from sessions__g1 where session_id = $1',
    [session(3)],
  );
  expect(row).toEqual({
    started_at: `${started!.recordedAt}`,
    refreshed_at: `${next!.recordedAt}`,
    ended_at: null,
    client: 'pd1.sealed',
  });
});

test('SessionRevoked ends it, and an older event does not open it again', async () => {
  const events = [...(await inSession(4, authenticated(4))), ...(await inSession(4, ended(4)))];
  expect(await open(4)).toEqual([]);
  await here.project(events.slice(0, 1));
  expect(await open(4)).toEqual([]);
});

test('DeviceLinked gives the device to its player, DeviceUnlinked takes it, and the next link gives it to another', async () => {
  await onDevice(5, linked(5));
  await onDevice(6, linked(5, 6));
  expect(await linkedTo(5)).toEqual([deviceOf(5), deviceOf(6)]);
  expect(await linkedTo(5, 'other' as TenantId)).toEqual([]);
  await onDevice(6, unlinked(5, 6));
  expect(await linkedTo(5)).toEqual([deviceOf(5)]);
  await onDevice(6, linked(7, 6));
  expect([await linkedTo(5), await linkedTo(7)]).toEqual([[deviceOf(5)], [deviceOf(6)]]);
});
