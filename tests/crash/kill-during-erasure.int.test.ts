import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, until } from '../http/support.ts';
import { type Facades, openFacades } from './facades.ts';

let facades: Facades;
beforeAll(async () => {
  facades = await openFacades();
});
afterAll(() => facades?.end());

/** Players in some state of an erasure, by what the database says of them. */
const unfinished = `select o.data ->> 'playerId' as player from events o where o.type = 'PersonalDataErasureRequested' and (
  not exists (select 1 from events e where e.stream_id = o.stream_id and e.type = 'PersonalDataErased')
  or exists (select 1 from data_keys k where k.player_id = o.data ->> 'playerId' and k.wrapped_key is not null)
  or exists (select 1 from idempotency_keys i where i.player_id = o.data ->> 'playerId')
  or exists (select 1 from events a where a.type = 'PlayerAuthenticated' and a.data ->> 'playerId' = o.data ->> 'playerId'
             and not exists (select 1 from events r where r.stream_id = a.stream_id and r.type = 'SessionRevoked'))
  or exists (select 1 from events g where g.type = 'GroupCreated' and g.data ->> 'creatorId' = o.data ->> 'playerId'
             and not exists (select 1 from events d where d.stream_id = g.stream_id and d.type = 'GroupDissolved')))`;
const told = `select data ->> 'playerId' as player, count(*)::int as times from events where type = 'PersonalDataErased' group by 1`;

test('every erasure that was answered is finished after its process was killed, and told once', {
  timeout: 120_000,
}, async () => {
  const doomed = await facades.start();
  const players = await Promise.all(
    Array.from({ length: 40 }, async () => {
      const body = { device_id: `device-${randomUUID()}` };
      const signedIn = await call(doomed.url, '/v1/auth/device', { body, key: randomUUID() });
      const token: string = signedIn.body.session_token;
      await call(doomed.url, '/v1/profile', { method: 'PATCH', body: { display_name: 'Gone' }, token });
      const group = { name: `Of ${signedIn.body.player_id}`, visibility: 'public' };
      expect((await call(doomed.url, '/v1/groups', { body: group, token, key: randomUUID() })).status).toBe(201);
      return { id: signedIn.body.player_id as string, token };
    }),
  );
  const answered: string[] = [];
  const asked = players.map(async ({ id, token }) => {
    const { status } = await call(doomed.url, `/v1/players/${id}/personal-data`, { method: 'DELETE', token });
    if (status !== 202) return;
    answered.push(id);
    if (answered.length === 5) doomed.program.child.kill('SIGKILL');
  });
  await Promise.allSettled(asked);
  await doomed.program.exit;
  expect(answered.length).toBeGreaterThanOrEqual(5);

  await facades.start();
  await until(
    () => facades.database.query(unfinished),
    (rows) => rows.length === 0,
  );
  const erased = await facades.database.query(told);
  for (const id of answered) expect(erased).toContainEqual({ player: id, times: 1 });
  expect(erased.every(({ times }) => times === 1)).toBe(true);
});
