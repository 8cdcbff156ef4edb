import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PlayerId, TenantId } from '../../src/events/ids.ts';
import { PersonalDataErased } from '../../src/ports/personal-data.ts';
import {
  type DataKeyId,
  type DataKeyRow,
  newDataKey,
  unwrapDataKey,
  wrapDataKey,
} from '../../src/security/data-key.ts';
import { CiphertextUnreadable } from '../../src/security/errors.ts';
import { createPersonalData, type EncryptedValue } from '../../src/security/personal-data.ts';
import { activationDelayMs, rotateMasterKey } from '../../src/security/rotate-keys.ts';
import { createStoredResponses, isEncryptedResponse } from '../../src/security/stored-response.ts';
import { acme, ann, bob, clockAt, other, ringOf, start } from './support.ts';

function setUp({ maxKeys = 100 } = {}) {
  const ring = ringOf();
  const clock = clockAt(start);
  const rows = new Map<string, DataKeyRow>();
  const rowKey = ({ tenant, playerId }: DataKeyId) => `${tenant} ${playerId}`;
  const loads: (readonly DataKeyId[])[] = [];
  const gate: { hold?: Promise<void> } = {};
  const loadDataKeys = async (ids: readonly DataKeyId[]) => {
    loads.push(ids);
    const found = ids.flatMap((id) => rows.get(rowKey(id)) ?? []);
    await gate.hold;
    return found;
  };
  const open = () => createPersonalData({ ring, loadDataKeys, now: clock.now, maxKeys });
  const data = open();
  const write = async (tenant: TenantId, playerId: PlayerId, field: string, text: string): Promise<EncryptedValue> => {
    const writer = await data.forWriting(tenant, playerId);
    if (writer.newKey) rows.set(rowKey(writer.newKey), writer.newKey);
    return { tenant, playerId, field, ciphertext: writer.encrypt(field, text) };
  };
  const erase = (tenant: TenantId, playerId: PlayerId) =>
    rows.set(rowKey({ tenant, playerId }), { tenant, playerId, wrappedKey: null, kekId: null });
  return { ring, clock, rows, rowKey, loads, gate, open, data, write, erase };
}

describe('personal data', () => {
  test('comes back as it was written, whatever it is', async () => {
    const { data, write } = setUp();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.string(), async (text, field) => {
        expect(await data.decrypt(await write(acme, ann, field, text))).toBe(text);
      }),
    );
  });

  test('of a new player is sealed with a first key, without looking for one', async () => {
    const { data, rows, rowKey, loads } = setUp();
    const writer = data.forNewPlayer(acme, ann);
    const ciphertext = writer.encrypt('name', 'Ann');
    expect(loads).toEqual([]);
    if (writer.newKey === null) throw new Error('no key was made');
    rows.set(rowKey(writer.newKey), writer.newKey);
    expect(await data.decrypt({ tenant: acme, playerId: ann, field: 'name', ciphertext })).toBe('Ann');
  });

  test('cannot be read in the place of another player, tenant or field', async () => {
    const { data, write } = setUp();
    const fields = fc.constantFrom('name', 'email', 'name,', '', 'na');
    const owner = fc.constantFrom(
      { tenant: acme, playerId: ann },
      { tenant: acme, playerId: bob },
      { tenant: other, playerId: ann },
    );
    const place = fc.record({ owner, field: fields });
    await write(acme, ann, 'x', 'x');
    await write(acme, bob, 'x', 'x');
    await write(other, ann, 'x', 'x');
    await fc.assert(
      fc.asyncProperty(place, place, async (from, to) => {
        fc.pre(from.owner !== to.owner || from.field !== to.field);
        const { ciphertext } = await write(from.owner.tenant, from.owner.playerId, from.field, 'secret');
        await expect(data.decrypt({ ...to.owner, field: to.field, ciphertext })).rejects.toThrow(CiphertextUnreadable);
      }),
    );
  });

  test('cannot be changed unnoticed', async () => {
    const { data, write } = setUp();
    const value = await write(acme, ann, 'name', 'Ann');
    const bytes = Buffer.from(value.ciphertext!.slice(4), 'base64url');
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const changed = Buffer.from(bytes);
        changed[at]! ^= mask;
        const ciphertext = `pd1.${changed.toString('base64url')}`;
        await expect(data.decrypt({ ...value, ciphertext })).rejects.toThrow(CiphertextUnreadable);
      }),
    );
    for (const ciphertext of ['', 'pd1.', 'pd2.AAAA', `pd1.${bytes.subarray(0, 20).toString('base64url')}`]) {
      await expect(data.decrypt({ ...value, ciphertext })).rejects.toThrow(CiphertextUnreadable);
    }
  });

  test('is encrypted differently each time', async () => {
    const { write } = setUp();
    const [first, second] = [await write(acme, ann, 'name', 'Ann'), await write(acme, ann, 'name', 'Ann')];
    expect(first.ciphertext).not.toBe(second.ciphertext);
  });

  test('makes a player’s data key once', async () => {
    const { rows, rowKey, data, write } = setUp();
    await write(acme, ann, 'name', 'Ann');
    expect(rows.get(rowKey({ tenant: acme, playerId: ann }))).toMatchObject({
      wrappedKey: expect.stringMatching(/^dk1\./),
    });
    expect((await data.forWriting(acme, ann)).newKey).toBeNull();
  });

  test('a wrapped key does not open for another player', () => {
    const ring = ringOf();
    const wrapped = wrapDataKey(ring.wrappingKey(start.getTime()), { tenant: acme, playerId: ann }, newDataKey());
    expect(unwrapDataKey(ring, wrapped).symmetricKeySize).toBe(32);
    for (const wrong of [{ playerId: bob }, { tenant: other }]) {
      expect(() => unwrapDataKey(ring, { ...wrapped, ...wrong })).toThrow(CiphertextUnreadable);
    }
  });

  test('stays readable after the master key was rotated', async () => {
    const { ring, clock, rows, rowKey, open, write } = setUp();
    const old = await write(acme, ann, 'name', 'Ann');
    ring.replace(rotateMasterKey(start));
    clock.advance(activationDelayMs);
    const fresh = await write(acme, bob, 'name', 'Bob');
    expect(rows.get(rowKey(fresh))?.kekId).toBe(ring.wrappingKey(clock.now()).id);
    expect(rows.get(rowKey(old))?.kekId).not.toBe(rows.get(rowKey(fresh))?.kekId);
    expect(await open().decryptMany([old, fresh])).toEqual(['Ann', 'Bob']);
  });

  test('names the master key that is missing', async () => {
    const { rows, rowKey, data, write } = setUp();
    const value = await write(acme, ann, 'name', 'Ann');
    rows.set(rowKey(value), { ...rows.get(rowKey(value))!, kekId: 'lost' });
    await expect(data.decrypt(value)).rejects.toThrow('master key lost is not in the key ring');
  });
});

describe('reading a page', () => {
  test('loads the keys of all its players at once and then none', async () => {
    const { data, write, loads } = setUp();
    const page = [await write(acme, ann, 'name', 'Ann'), await write(acme, bob, 'name', 'Bob')];
    const unset = { tenant: acme, playerId: bob, field: 'email', ciphertext: null };
    const email = await write(acme, ann, 'email', 'ann@example.com');
    loads.length = 0;
    const [a, b] = page as [EncryptedValue, EncryptedValue];
    data.invalidate(acme, ann);
    expect(await data.decryptMany([b, unset, a, email])).toEqual(['Bob', null, 'Ann', 'ann@example.com']);
    expect(await data.decryptMany([a, b])).toEqual(['Ann', 'Bob']);
    expect(loads.map((ids) => ids.map(({ playerId }) => playerId))).toEqual([[bob, ann]]);
  });

  test('keeps no more keys than it may', async () => {
    const { data, write, loads } = setUp({ maxKeys: 2 });
    const cid = '33333333-3333-4333-8333-333333333333' as PlayerId;
    const page = [
      await write(acme, ann, 'name', 'Ann'),
      await write(acme, bob, 'name', 'Bob'),
      await write(acme, cid, 'name', 'Cid'),
    ];
    loads.length = 0;
    expect(await data.decryptMany(page)).toEqual(['Ann', 'Bob', 'Cid']);
    expect(await data.decryptMany(page.slice(2))).toEqual(['Cid']);
    expect(loads).toHaveLength(1);
    expect(await data.decryptMany(page.slice(0, 1))).toEqual(['Ann']);
    expect(loads).toHaveLength(2);
  });

  test('tries again after a failed load', async () => {
    const { gate, data, write } = setUp();
    const value = await write(acme, ann, 'name', 'Ann');
    gate.hold = Promise.reject(new Error('database away'));
    await expect(data.decrypt(value)).rejects.toThrow('database away');
    delete gate.hold;
    expect(await data.decrypt(value)).toBe('Ann');
  });
});

describe('after an erasure', () => {
  test('the placeholder is read at once where it was announced, elsewhere within 60 s', async () => {
    const { clock, data, open, write, erase } = setUp();
    const elsewhere = open();
    const value = await write(acme, ann, 'name', 'Ann');
    expect([await data.decrypt(value), await elsewhere.decrypt(value)]).toEqual(['Ann', 'Ann']);
    erase(acme, ann);
    data.invalidate(acme, ann);
    expect(await data.decrypt(value)).toBeNull();
    clock.advance(60_000);
    expect(await elsewhere.decrypt(value)).toBeNull();
  });

  test('a load that was under way when it was announced is not remembered', async () => {
    const { gate, data, write, erase } = setUp();
    const value = await write(acme, ann, 'name', 'Ann');
    let release = () => {};
    gate.hold = new Promise((resolve) => {
      release = resolve;
    });
    const reading = data.decrypt(value);
    erase(acme, ann);
    data.invalidate(acme, ann);
    release();
    expect(await reading).toBe('Ann');
    expect(await data.decrypt(value)).toBeNull();
  });

  test('nothing more can be written about the player', async () => {
    const { data, erase } = setUp();
    erase(acme, ann);
    await expect(data.forWriting(acme, ann)).rejects.toThrow(PersonalDataErased);
  });
});

describe('stored responses', () => {
  const place = { tenant: acme, scope: 'device', key: 'k-1' };
  const codec = () => {
    const ring = ringOf();
    return { ring, responses: createStoredResponses(ring, () => start.getTime() + activationDelayMs) };
  };

  test('come back byte for byte, also after the master key was rotated', () => {
    const { ring, responses } = codec();
    fc.assert(
      fc.property(fc.json(), (body) => {
        const stored = responses.encrypt(place, body);
        expect([isEncryptedResponse(stored), isEncryptedResponse(body)]).toEqual([true, false]);
        expect(responses.decrypt(place, stored)).toBe(body);
      }),
    );
    const stored = responses.encrypt(place, '{"a":1}');
    ring.replace(rotateMasterKey(start));
    expect(responses.decrypt(place, stored)).toBe('{"a":1}');
  });

  test('cannot be moved to another record, changed, or read with other keys', () => {
    const { responses } = codec();
    const stored = responses.encrypt(place, '{"session_token":"x"}');
    for (const wrong of [{ tenant: other }, { scope: 'refresh' }, { key: 'k-2' }]) {
      expect(() => responses.decrypt({ ...place, ...wrong }, stored)).toThrow(CiphertextUnreadable);
    }
    const [version, id, salt, sealed] = stored.split('.') as [string, string, string, string];
    const tampered = [
      `${version}.${id}.${'A'.repeat(22)}.${sealed}`,
      `${version}.${id}.${salt}.A${sealed.slice(1)}B`,
      `${version}.${id}`,
      '{}',
    ];
    for (const text of tampered) expect(() => responses.decrypt(place, text)).toThrow(CiphertextUnreadable);
    expect(() => codec().responses.decrypt(place, stored)).toThrow(/not in the key ring/);
  });
});
