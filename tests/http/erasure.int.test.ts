import { afterAll, beforeAll, expect, test } from 'vitest';
import { conditionCategories } from '../../src/application/database.ts';
import { requestErasure } from '../../src/commands/erasure.ts';
import { StateCache } from '../../src/commands/state-cache.ts';
import { StreamLocks } from '../../src/commands/stream-locks.ts';
import { openEventStore } from '../../src/event-store/index.ts';
import { openDatabase } from '../../src/event-store/sql/database.ts';
import type { PlayerId, TenantId } from '../../src/events/ids.ts';
import { roleOfUrl } from '../../src/migrate/index.ts';
import { rebuildProjection } from '../../src/processors/rebuild.ts';
import { profiles } from '../../src/projections/profiles.ts';
import { dataKeyLoader, eraseDataKey } from '../../src/security/data-key-table.ts';
import { openKeyRing } from '../../src/security/key-ring.ts';
import { loadKeys } from '../../src/security/load-keys.ts';
import { createPersonalData } from '../../src/security/personal-data.ts';
import { newKey, type Reply, type TestCluster, type TestNode, testCluster, until } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
let other: TestNode;
let admin: string;
beforeAll(async () => {
  cluster = await testCluster();
  [node, other] = [await cluster.node(), await cluster.node()];
  admin = cluster.operator('admin');
});
afterAll(() => cluster.stop());

const codeOf = ({ status, body }: Reply) => [status, body?.error?.code];
const erase = (player: string, token: string, at = node, key = newKey()) =>
  at.call(`/v1/players/${player}/personal-data`, { method: 'DELETE', token, key });
const rename = (token: string, name: string, at = node, key = newKey()) =>
  at.call('/v1/profile', { method: 'PATCH', body: { display_name: name }, token, key });
const typesOf = async (player: string) =>
  (
    await cluster.db.query(
      `select type from events where stream_id like 'player-%' and data ->> 'playerId' = $1 order by version`,
      [player],
    )
  ).map(({ type }) => type);
const keyOf = async (player: string) =>
  (await cluster.db.query('select wrapped_key, kek_id, erased_at from data_keys where player_id = $1', [player]))[0];
const nameOnBoard = async (at: TestNode, season: string, player: string) => {
  const { body } = await at.call(`/v1/leaderboards/${season}/around/${player}`, { token: admin });
  return body.entries?.find((entry: { player_id: string }) => entry.player_id === player)?.display_name;
};

test('a name is shown on every node until it is erased, and nowhere from then on', async () => {
  const season = await node.openSeason(admin, 'erased');
  const player = await node.signIn();
  await rename(player.token, 'Ada');
  await node.score(player.token, season, 5);
  for (const at of [node, other])
    await until(
      () => nameOnBoard(at, season, player.id),
      (name) => name === 'Ada',
    );
  const { status, body } = await erase(player.id, player.token);
  expect([status, body]).toEqual([202, { player_id: player.id, erasure: 'accepted' }]);
  expect(await keyOf(player.id)).toEqual({ wrapped_key: null, kek_id: null, erased_at: expect.anything() });
  // long before the 60 s for which keys are kept: the erasure is announced
  for (const at of [node, other])
    await until(
      () => nameOnBoard(at, season, player.id),
      (name) => name === null,
    );
});

test('an erasure is ordered, carried out and told once, however often it is asked for', async () => {
  const player = await node.signIn();
  for (const at of [node, other, node]) expect((await erase(player.id, admin, at)).status).toBe(202);
  expect(await typesOf(player.id)).toEqual(['PlayerRegistered', 'PersonalDataErasureRequested', 'PersonalDataErased']);
});

test('a player erases nobody else, and nobody is erased who is not there', async () => {
  const [player, friend] = [await node.signIn(), await node.signIn()];
  expect(codeOf(await erase(friend.id, player.token))).toEqual([403, 'FORBIDDEN']);
  expect(codeOf(await erase('4e8a9c1e-1111-4111-8111-000000000000', admin))).toEqual([404, 'PLAYER_NOT_FOUND']);
  expect(codeOf(await erase('somebody', admin))).toEqual([400, 'VALIDATION_FAILED']);
  expect(await typesOf(friend.id)).toEqual(['PlayerRegistered']);
  expect(await keyOf('4e8a9c1e-1111-4111-8111-000000000000')).toBeUndefined();
});

const settled = async (player: string) => {
  await until(
    async () => (await cluster.db.query(openSessions, [player])).length,
    (open) => open === 0,
  );
  await until(
    async () => (await cluster.db.query('select 1 from devices__g1 where player_id = $1', [player])).length,
    (devices) => devices === 0,
  );
};
const openSessions = `select a.stream_id from events a where a.type = 'PlayerAuthenticated' and a.data ->> 'playerId' = $1
  and not exists (select 1 from events r where r.stream_id = a.stream_id and r.type = 'SessionRevoked')`;

test('the sessions of an erased player end on every node, and their device signs in as somebody new', async () => {
  const player = await node.signIn();
  const again = await other.signIn(player.device);
  expect(again.id).toBe(player.id);
  await erase(player.id, player.token);
  for (const at of [node, other])
    for (const token of [player.token, again.token])
      await until(
        () => at.call('/v1/profile', { token }),
        ({ status }) => status === 401,
      );
  const { body } = await node.call('/v1/auth/refresh', { body: { refresh_token: again.refresh } });
  expect(body.error.code).toBe('REFRESH_TOKEN_INVALID');
  await settled(player.id);
  const fresh = await Promise.all([node, other].map((at) => at.signIn(player.device)));
  expect(new Set(fresh.map(({ id }) => id)).size).toBe(1);
  expect(fresh[0]!.id).not.toBe(player.id);
  const { body: profile } = await node.call('/v1/profile', { token: fresh[0]!.token });
  expect(profile.player.display_name).toBeNull();
});

test('stored answers to the player are deleted, and repeated to nobody', async () => {
  const player = await node.signIn();
  const [signInKey, renameKey] = [newKey(), newKey()];
  const signIn = (at: TestNode) => at.call('/v1/auth/device', { body: { device_id: player.device }, key: signInKey });
  const first = await signIn(node);
  await rename(player.token, 'Never repeated', node, renameKey);
  await erase(player.id, admin);
  await until(
    () =>
      cluster.db.query('select key from idempotency_keys where player_id = $1 or scope like $2', [
        player.id,
        `${player.id} %`,
      ]),
    (rows) => rows.length === 0,
  );
  for (const at of [node, other]) {
    const { status, body, headers } = await signIn(at);
    expect([status, body.player_id === first.body.player_id]).toEqual([200, false]);
    if (at === node) expect(headers.get('idempotency-replayed')).toBeNull();
  }
});

test('what a process left undone when it died is done by another', async () => {
  const store = await openEventStore({ connectionString: cluster.db.url, conditionCategories });
  const dying = { log: store, states: new StateCache(10), locks: new StreamLocks() };
  const context = () => ({
    tenant: 'default' as TenantId,
    actor: 'operator:tester',
    correlationId: newKey(),
    now: Date.now(),
  });
  try {
    const [ordered, keyless] = [await node.signIn(), await node.signIn()];
    await requestErasure(dying, ordered.id as PlayerId, context());
    await requestErasure(dying, keyless.id as PlayerId, context());
    await eraseDataKey(store.database, 'default' as TenantId, keyless.id as PlayerId);
    for (const { id, token } of [ordered, keyless]) {
      await settled(id);
      expect(await keyOf(id)).toMatchObject({ wrapped_key: null, erased_at: expect.anything() });
      expect(await typesOf(id)).toEqual(['PlayerRegistered', 'PersonalDataErasureRequested', 'PersonalDataErased']);
      await until(
        () => other.call('/v1/profile', { token }),
        ({ status }) => status === 401,
      );
    }
  } finally {
    await store.close();
  }
});

test('a rebuilt read model shows nothing of an erased player', async () => {
  const season = await node.openSeason(admin, 'rebuilt');
  const [player, friend] = [await node.signIn(), await node.signIn()];
  for (const each of [player, friend]) {
    await rename(each.token, `N ${each.id.slice(0, 8)}`);
    await node.score(each.token, season, 5);
  }
  await erase(player.id, player.token);
  await rebuildProfiles();
  const fresh = await cluster.node();
  expect(await nameOnBoard(fresh, season, player.id)).toBeNull();
  expect(await nameOnBoard(fresh, season, friend.id)).toBe(`N ${friend.id.slice(0, 8)}`);
});

async function rebuildProfiles() {
  const log = await openEventStore({ connectionString: cluster.db.url, conditionCategories });
  const owner = await openDatabase({ url: cluster.db.ownerUrl, maxConnections: 2 });
  try {
    const appRole = cluster.db.url === cluster.db.ownerUrl ? null : (roleOfUrl(cluster.db.url) ?? null);
    await rebuildProjection({ projection: profiles, log, database: log.database, owner, appRole, graceMs: 0 });
  } finally {
    await owner.close();
    await log.close();
  }
}

test('sign-ins and renames that race the erasure over two nodes bring nothing back', async () => {
  const players = await Promise.all(Array.from({ length: 12 }, () => node.signIn()));
  const outcomes = await Promise.all(
    players.flatMap((player, index) => {
      const [here, there] = index % 2 === 0 ? [node, other] : [other, node];
      return [
        ...Array.from({ length: 4 }, (_, n) =>
          (n % 2 ? here : there).call('/v1/auth/device', { body: { device_id: player.device }, key: newKey() }),
        ),
        rename(player.token, 'before', here),
        erase(player.id, index % 3 === 0 ? admin : player.token, here),
        rename(player.token, 'after', there),
        ...Array.from({ length: 4 }, (_, n) =>
          (n % 2 ? there : here).call('/v1/auth/device', { body: { device_id: player.device }, key: newKey() }),
        ),
      ];
    }),
  );
  expect(outcomes.filter(({ status }) => ![200, 202, 401, 404].includes(status))).toEqual([]);
  for (const { id } of players) await settled(id);

  for (const { id } of players) {
    expect(await keyOf(id)).toMatchObject({ wrapped_key: null, kek_id: null });
    const stored = await cluster.db.query(
      `select type, data from events where data ->> 'playerId' = $1 order by recorded_at, partition, position`,
      [id],
    );
    expect(stored.filter(({ type }) => type === 'PersonalDataErased')).toHaveLength(1);
    for (const { data } of stored)
      for (const field of ['client', 'displayName'] as const) {
        const ciphertext = (data as Record<string, string | undefined>)[field];
        const value = {
          tenant: 'default' as TenantId,
          playerId: id as PlayerId,
          field,
          ciphertext: ciphertext ?? null,
        };
        expect(await reader().decrypt(value)).toBeNull();
      }
  }
  // whoever signed in since then is somebody new on both nodes
  const [after, elsewhere] = await Promise.all([node, other].map((at) => at.signIn(players[0]!.device)));
  expect([after!.id === elsewhere!.id, after!.id === players[0]!.id]).toEqual([true, false]);
});

/** Reads with the keys that there are now, none remembered. */
const reader = () =>
  createPersonalData({
    ring: openKeyRing(
      () => loadKeys({ file: cluster.keysFile, env: {}, mayGenerate: false, now: () => new Date() }).keys,
    ),
    loadDataKeys: dataKeyLoader(cluster.sql),
    now: Date.now,
  });
