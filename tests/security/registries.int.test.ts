import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../src/event-store/sql/database.ts';
import type { PlayerId, TenantId } from '../../src/events/ids.ts';
import type { Database, Sql } from '../../src/ports/database.ts';
import { dataKeyLoader, rewrapDataKeys } from '../../src/security/data-key-table.ts';
import { createPersonalData } from '../../src/security/personal-data.ts';
import { activationDelayMs, rotateMasterKey } from '../../src/security/rotate-keys.ts';
import {
  createServiceKey,
  createServiceKeyVerifier,
  listServiceKeys,
  revokeServiceKey,
  rotateServiceKey,
} from '../../src/security/service-keys.ts';
import {
  createTenant,
  createTenantDirectory,
  disableTenant,
  enableTenant,
  ensureTenant,
  hasTenants,
  listTenants,
} from '../../src/security/tenants.ts';
import { testDatabase } from '../support/database.ts';
import { clockAt, ringOf, start } from './support.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let sql: Database;
beforeAll(async () => {
  database = await testDatabase();
  sql = await openDatabase({ url: database.url, maxConnections: 2 });
});
afterAll(async () => {
  await sql.close();
  await database.drop();
});

let clock: ReturnType<typeof clockAt>;
beforeEach(() => {
  clock = clockAt(start);
});
/** A tenant of its own for each test. */
const tenantOf = (name: string) => name as TenantId;

test('a database is unused until a first start has made its tenant, whose client key follows the keys', async () => {
  expect(await hasTenants(sql)).toBe(false);
  const name = tenantOf('default');
  await ensureTenant(sql, name, `ck_${'a'.repeat(32)}`);
  await ensureTenant(sql, name, `ck_${'a'.repeat(32)}`);
  expect(await hasTenants(sql)).toBe(true);
  await ensureTenant(sql, name, `ck_${'b'.repeat(32)}`);
  expect(await listTenants(sql)).toMatchObject([{ tenant: name, clientKey: `ck_${'b'.repeat(32)}`, disabledAt: null }]);
});

test('a tenant is found by its client key until it is disabled, within 5 s', async () => {
  const name = tenantOf('found');
  const tenants = createTenantDirectory(sql, clock.now);
  expect(await tenants.isEnabled(name)).toBe(false);
  const created = await createTenant(sql, name);
  expect(await createTenant(sql, name)).toBeNull();
  clock.advance(5_000);
  const lookUp = async () => [await tenants.byClientKey(created!.clientKey), await tenants.isEnabled(name)];
  expect(await lookUp()).toEqual([name, true]);
  const disabled = await disableTenant(sql, name);
  expect(await disableTenant(sql, name)).toEqual(disabled);
  clock.advance(999);
  expect(await lookUp()).toEqual([name, true]);
  clock.advance(1);
  expect(await lookUp()).toEqual([null, false]);
  expect(await enableTenant(sql, name)).toMatchObject({ tenant: name, disabledAt: null });
  clock.advance(1_000);
  expect(await lookUp()).toEqual([name, true]);
});

test('unknown client keys and tenants are not found', async () => {
  const tenants = createTenantDirectory(sql, clock.now);
  for (const key of [`ck_${'0'.repeat(32)}`, '', "ck_' OR 1=1 --", 'ck_\0'])
    expect(await tenants.byClientKey(key)).toBeNull();
  expect(await disableTenant(sql, tenantOf('nobody'))).toBeNull();
});

test('a service key works for its tenant and scopes until it is revoked, within 2 s', async () => {
  const tenant = tenantOf('keyed');
  await createTenant(sql, tenant);
  const created = (await createServiceKey(sql, { tenant, name: 'prometheus', scopes: ['metrics', 'scores:write'] }))!;
  const verify = createServiceKeyVerifier(sql, clock.now);
  const key = {
    keyId: created.keyId,
    tenant,
    name: 'prometheus',
    scopes: ['metrics', 'scores:write'],
    revokedAt: null,
  };
  expect(await verify(created.text)).toMatchObject(key);
  expect(await revokeServiceKey(sql, created.keyId)).toBe(true);
  clock.advance(1_999);
  expect(await verify(created.text)).toMatchObject(key);
  clock.advance(1);
  expect(await verify(created.text)).toBeNull();
  expect(await revokeServiceKey(sql, 'nothing')).toBe(false);
});

test('a rotated service key counts on for a while, beside one with the same rights', async () => {
  const tenant = tenantOf('rotated');
  await createTenant(sql, tenant);
  const old = (await createServiceKey(sql, { tenant, name: 'shop', scopes: ['ops', 'metrics'] }))!;
  const fresh = (await rotateServiceKey(sql, old.keyId, 3_600))!;
  const verify = createServiceKeyVerifier(sql, clock.now);
  const rights = { tenant, name: 'shop', scopes: ['ops', 'metrics'] };
  for (const { text } of [old, fresh]) expect(await verify(text)).toMatchObject(rights);
  expect(await revokeServiceKey(sql, old.keyId, 7_200)).toBe(true);
  const until = async (id: string) => (await listServiceKeys(sql)).find(({ keyId }) => keyId === id)!.revokedAt;
  expect((await until(old.keyId))!.getTime()).toBeLessThan(Date.now() + 3_601_000);
  expect(await until(fresh.keyId)).toBeNull();
  expect(await rotateServiceKey(sql, old.keyId, 0)).toBeNull();

  const last = (await rotateServiceKey(sql, fresh.keyId, 0))!;
  clock.advance(2_000);
  expect([await verify(fresh.text), await verify(last.text)]).toEqual([null, expect.objectContaining(rights)]);
});

test('a service key is refused when its secret is wrong or its tenant disabled, and needs a tenant to be made', async () => {
  const tenant = tenantOf('refused');
  const request = { tenant, name: 'n', scopes: ['ops'] as const };
  expect(await createServiceKey(sql, request)).toBeNull();
  await createTenant(sql, tenant);
  const { text } = (await createServiceKey(sql, request))!;
  const verify = createServiceKeyVerifier(sql, clock.now);
  const middle = text.indexOf('_', 3) + 5;
  const changed = `${text.slice(0, middle)}${text[middle] === 'A' ? 'B' : 'A'}${text.slice(middle + 1)}`;
  for (const wrong of [changed, text.slice(0, -1), `${text}A`, '', `sk_${'0'.repeat(16)}_${text.slice(-43)}`])
    expect(await verify(wrong)).toBeNull();
  expect(await verify(text)).not.toBeNull();
  await disableTenant(sql, tenant);
  clock.advance(5_000);
  expect(await verify(text)).toBeNull();
});

test('nothing that is stored or listed of a service key holds its secret', async () => {
  const tenant = tenantOf('secret');
  await createTenant(sql, tenant);
  const { keyId, text } = (await createServiceKey(sql, { tenant, name: 'n', scopes: ['ops'] }))!;
  const stored = await sql.query('SELECT * FROM service_keys WHERE key_id = $1::text', [keyId]);
  const listed = (await listServiceKeys(sql)).filter((key) => key.keyId === keyId);
  expect(listed).toHaveLength(1);
  expect(JSON.stringify([stored.rows, listed])).not.toContain(text.slice(-43));
  expect(Object.keys(listed[0]!)).not.toContain('hash');
});

test('a rewrap leaves every player readable with the new master key alone, and tombstones as they are', async () => {
  const ring = ringOf();
  const tenant = tenantOf('wrapped');
  const open = () => createPersonalData({ ring, loadDataKeys: dataKeyLoader(sql), now: clock.now });
  const players = Array.from(
    { length: 25 },
    (_, i) => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}` as PlayerId,
  );
  const values = [];
  for (const playerId of players) {
    const writer = await open().forWriting(tenant, playerId);
    const row = [tenant, playerId, writer.newKey?.wrappedKey, writer.newKey?.kekId];
    await sql.query(
      'INSERT INTO data_keys (tenant, player_id, wrapped_key, kek_id) VALUES ($1::text, $2::text, $3::text, $4::text)',
      row,
    );
    values.push({ tenant, playerId, field: 'name', ciphertext: writer.encrypt('name', `name of ${playerId}`) });
  }
  const erased = [tenant, players[7]];
  await sql.query(
    'UPDATE data_keys SET wrapped_key = NULL, kek_id = NULL WHERE tenant = $1::text AND player_id = $2::text',
    erased,
  );

  const expected = players.map((playerId, i) => (i === 7 ? null : `name of ${playerId}`));
  ring.replace(rotateMasterKey(start));
  clock.advance(activationDelayMs);
  const progress: number[] = [];
  const rewrap = () =>
    rewrapDataKeys({ sql, ring, now: clock.now, batchSize: 10, onProgress: (count) => progress.push(count) });
  expect(await rewrap()).toBe(24);
  expect(progress).toEqual([10, 20, 24]);
  expect(await rewrap()).toBe(0);
  const onlyNew = {
    ...ring,
    masterKey: (id: string) => (id === ring.wrappingKey(clock.now()).id ? ring.masterKey(id) : undefined),
  };
  const reader = createPersonalData({ ring: onlyNew, loadDataKeys: dataKeyLoader(sql), now: clock.now });
  expect(await reader.decryptMany(values)).toEqual(expected);
});

test('a player erased while a rewrap runs stays erased', async () => {
  const ring = ringOf();
  const tenant = tenantOf('erased');
  const playerId = '00000000-0000-4000-8000-000000000001' as PlayerId;
  const data = createPersonalData({ ring, loadDataKeys: dataKeyLoader(sql), now: clock.now });
  const { newKey } = await data.forWriting(tenant, playerId);
  await sql.query('DELETE FROM data_keys', []);
  const row = [tenant, playerId, newKey?.wrappedKey, newKey?.kekId];
  await sql.query(
    'INSERT INTO data_keys (tenant, player_id, wrapped_key, kek_id) VALUES ($1::text, $2::text, $3::text, $4::text)',
    row,
  );
  ring.replace(rotateMasterKey(start));
  clock.advance(activationDelayMs);
  const erasing: Sql = {
    async query(text, params) {
      const result = await sql.query(text, params);
      if (text.startsWith('SELECT')) await sql.query('UPDATE data_keys SET wrapped_key = NULL, kek_id = NULL', []);
      return result;
    },
  };
  expect(await rewrapDataKeys({ sql: erasing, ring, now: clock.now })).toBe(0);
  await expect(data.forWriting(tenant, playerId)).rejects.toThrow('was erased');
});
