import { beforeEach, describe, expect, test } from 'vitest';
import { requestErasure } from '../../src/commands/erasure.ts';
import type { CommandRuntime } from '../../src/commands/handle.ts';
import { changeDisplayName } from '../../src/commands/profile.ts';
import { changeSession } from '../../src/commands/session.ts';
import { anonymousActor, type SignInWithDevice, signInWithDevice } from '../../src/commands/sign-in.ts';
import { type EventLog, type NewDataKey, RecordExists } from '../../src/event-store/index.ts';
import { deviceStream } from '../../src/events/device.ts';
import type { DeviceHash, PlayerId, SessionId, TenantId } from '../../src/events/ids.ts';
import { playerStream } from '../../src/events/player.ts';
import { sessionStream } from '../../src/events/session.ts';
import { PersonalDataErased, type PersonalDataSealer, type PersonalDataVault } from '../../src/ports/personal-data.ts';
import { alice, at, bob, iso, phone, visit } from '../aggregates/examples.ts';
import { intercepted, keyed, openLog, processOn, request, tenant, totalEvents } from './support.ts';

const later = '44444444-4444-4444-8444-444444444444' as SessionId;

/** Data keys that several processes store together. Sealed text tells which key sealed it. */
type Keys = Map<PlayerId, string>;

/** A vault that makes keys named after itself; `stored` are those that committed. */
const vault = (name: string, stored: Keys): PersonalDataVault => {
  const sealer = (owner: TenantId, playerId: PlayerId, existing?: string): PersonalDataSealer => {
    const wrappedKey = existing ?? `${name}-key`;
    return {
      newKey: existing === undefined ? { tenant: owner, playerId, wrappedKey, kekId: 'kek' } : null,
      encrypt: (field, text) => `${wrappedKey}|${field}|${text}`,
    };
  };
  return {
    forWriting: async (owner, playerId) => sealer(owner, playerId, stored.get(playerId)),
    forNewPlayer: (owner, playerId) => sealer(owner, playerId),
  };
};

/** Shows a key to all vaults when its append commits, as the table of keys does. */
const publishing = (log: EventLog, stored: Keys): EventLog =>
  intercepted(log, {
    append: async (append) => {
      const result = await log.append(append);
      for (const { playerId, wrappedKey } of append.dataKeys ?? []) stored.set(playerId as PlayerId, wrappedKey);
      return result;
    },
  });

type Process = CommandRuntime & { readonly vault: PersonalDataVault };
let log: EventLog;
let stored: Keys;
let here: Process;
let elsewhere: Process;
beforeEach(() => {
  stored = new Map();
  log = publishing(openLog(), stored);
  here = { ...processOn(log), vault: vault('here', stored) };
  elsewhere = { ...processOn(log), vault: vault('elsewhere', stored) };
});

const signIn = (changes: Partial<SignInWithDevice> = {}): SignInWithDevice => ({
  deviceHash: phone,
  linkTo: null,
  playerIdOf: () => alice,
  admitNewPlayer: () => undefined,
  sessionId: visit,
  client: { ip: '203.0.113.9', userAgent: 'curl' },
  refreshHash: 'first',
  refreshExpiresAt: iso('12:00'),
  familyExpiresAt: iso('23:00'),
  ...changes,
});
/** An account made elsewhere. */
const register = (playerId: PlayerId) =>
  log.append({
    tenant,
    streams: [
      {
        streamId: playerStream(tenant, playerId),
        expectedVersion: 0n,
        events: [{ type: 'PlayerRegistered', data: { playerId, method: 'device' } }],
      },
    ],
  });
const typesOf = async (...streams: Parameters<EventLog['read']>[0][]) =>
  (await Promise.all(streams.map((stream) => log.read(stream)))).map(({ events }) => events.map(({ type }) => type));
const streams = [deviceStream(tenant, phone), playerStream(tenant, alice), sessionStream(tenant, visit)] as const;

describe('signing in with a device', () => {
  test('makes device, account and session in one append', async () => {
    const { outcome, events } = await signInWithDevice(here, signIn(), request());
    expect(outcome).toEqual({ ok: true, value: { playerId: alice, sessionId: visit } });
    expect(events.map(({ type }) => type)).toEqual(['DeviceLinked', 'PlayerRegistered', 'PlayerAuthenticated']);
    expect(await typesOf(...streams)).toEqual([['DeviceLinked'], ['PlayerRegistered'], ['PlayerAuthenticated']]);
  });

  test.each(['here', 'elsewhere'])('later only starts a session (%s)', async (where) => {
    await signInWithDevice(here, signIn(), request());
    const runtime = where === 'here' ? here : elsewhere;
    const { outcome, events } = await signInWithDevice(runtime, signIn({ sessionId: later }), request());
    expect(outcome).toEqual({ ok: true, value: { playerId: alice, sessionId: later } });
    expect(events.map(({ type }) => type)).toEqual(['PlayerAuthenticated']);
  });

  test('stores where the request came from only sealed', async () => {
    const { events } = await signInWithDevice(here, signIn(), request());
    expect(events[2]?.data['client']).toBe('here-key|client|{"ip":"203.0.113.9","userAgent":"curl"}');
  });

  test('is told the first outcome on a retry with its key', async () => {
    await signInWithDevice(here, signIn(), keyed('sign-in-1'));
    const retry = signInWithDevice(elsewhere, signIn({ sessionId: later }), keyed('sign-in-1'));
    await expect(retry).rejects.toBeInstanceOf(RecordExists);
    expect(await totalEvents(log)).toBe(3);
  });

  test('links a new device to the player who is signed in', async () => {
    await register(bob);
    const { outcome } = await signInWithDevice(here, signIn({ linkTo: bob }), request());
    expect(outcome).toEqual({ ok: true, value: { playerId: bob, sessionId: visit } });
    expect(await typesOf(...streams)).toEqual([['DeviceLinked'], [], ['PlayerAuthenticated']]);
  });

  test('links a new device to nobody who is not there', async () => {
    const { outcome } = await signInWithDevice(here, signIn({ linkTo: bob }), request());
    expect(outcome).toEqual({ ok: false, code: 'PLAYER_NOT_FOUND' });
    expect(await totalEvents(log)).toBe(0);
  });

  test('acts as the player who signs in', async () => {
    const { events } = await signInWithDevice(here, signIn(), request({ actor: anonymousActor }));
    expect(events.map(({ metadata }) => metadata.actor)).toEqual([alice, alice, alice]);
  });

  test('leaves a device with its player', async () => {
    await signInWithDevice(here, signIn(), request());
    const { outcome } = await signInWithDevice(here, signIn({ linkTo: bob, sessionId: later }), request());
    expect(outcome).toEqual({ ok: false, code: 'DEVICE_LINKED_TO_ANOTHER_PLAYER' });
    expect(await totalEvents(log)).toBe(3);
  });
});

describe('first uses of one device at once', () => {
  test('in two processes make one account, and both sign in', async () => {
    const both = await Promise.all([
      signInWithDevice(here, signIn(), request()),
      signInWithDevice(elsewhere, signIn({ sessionId: later }), request()),
    ]);
    expect(both.map(({ outcome }) => outcome)).toEqual([
      { ok: true, value: { playerId: alice, sessionId: visit } },
      { ok: true, value: { playerId: alice, sessionId: later } },
    ]);
    expect(await typesOf(streams[0], streams[1])).toEqual([['DeviceLinked'], ['PlayerRegistered']]);
  });

  test('in one process make one account, and all sign in', async () => {
    const ids = Array.from({ length: 10 }, (_, n) => `55555555-5555-4555-8555-55555555555${n}` as SessionId);
    const all = await Promise.all(ids.map((sessionId) => signInWithDevice(here, signIn({ sessionId }), request())));
    expect(all.every(({ outcome }) => outcome.ok)).toBe(true);
    expect(await typesOf(streams[0], streams[1])).toEqual([['DeviceLinked'], ['PlayerRegistered']]);
  });

  test.each([
    { first: null, second: bob },
    { first: bob, second: null },
  ])('for two players leave it with one: $first, then $second', async ({ first, second }) => {
    await register(bob);
    const late = intercepted(log, {
      append: async (append) => {
        if ((await log.read(streams[0])).version === 0n)
          await signInWithDevice(elsewhere, signIn({ linkTo: first, sessionId: later }), request());
        return log.append(append);
      },
    });
    const { outcome } = await signInWithDevice({ ...here, log: late }, signIn({ linkTo: second }), request());
    expect(outcome).toEqual(
      second === null
        ? { ok: true, value: { playerId: bob, sessionId: visit } }
        : { ok: false, code: 'DEVICE_LINKED_TO_ANOTHER_PLAYER' },
    );
    const [linked] = (await log.read(streams[0])).events;
    expect(linked?.data['playerId']).toBe(first ?? alice);
  });
});

describe('when the erasure of its player was ordered', () => {
  const generations = { playerIdOf: (generation: number) => (generation === 1 ? alice : bob) };
  const order = (runtime: Process) => requestErasure(runtime, alice, request());

  test.each(['here', 'elsewhere'])(
    'a device signs in as a new player, whoever knows of it (ordered %s)',
    async (where) => {
      await signInWithDevice(here, signIn(generations), request());
      await order(where === 'here' ? here : elsewhere);
      const { outcome, events } = await signInWithDevice(here, signIn({ ...generations, sessionId: later }), request());
      expect(outcome).toEqual({ ok: true, value: { playerId: bob, sessionId: later } });
      expect(events.map(({ type, data }) => [type, data['generation'] ?? data['reason'] ?? null])).toEqual([
        ['DeviceUnlinked', 'erasure'],
        ['DeviceLinked', 2],
        ['PlayerRegistered', null],
        ['PlayerAuthenticated', null],
      ]);
    },
  );

  test('while it signs in, no session of that player starts', async () => {
    await signInWithDevice(here, signIn(generations), request());
    let ordered = false;
    const late = intercepted(log, {
      append: async (append) => {
        if (!ordered) await order(elsewhere);
        ordered = true;
        return log.append(append);
      },
    });
    const racing = { ...here, log: late };
    const { outcome } = await signInWithDevice(racing, signIn({ ...generations, sessionId: later }), request());
    expect(outcome).toEqual({ ok: true, value: { playerId: bob, sessionId: later } });
    const [started] = (await log.read(sessionStream(tenant, later))).events;
    expect(started?.data['playerId']).toBe(bob);
  });

  test('no device is linked to that player any more', async () => {
    await signInWithDevice(here, signIn(generations), request());
    await order(elsewhere);
    const linking = signIn({ deviceHash: 'another' as DeviceHash, linkTo: alice, sessionId: later });
    const { outcome } = await signInWithDevice(here, linking, request());
    expect(outcome).toEqual({ ok: false, code: 'PLAYER_NOT_FOUND' });
  });

  test('a process that remembers the account as it was is set right by the missing key', async () => {
    await signInWithDevice(here, signIn(generations), request());
    await order(elsewhere);
    const keyless: PersonalDataVault = {
      ...here.vault,
      forWriting: async (owner, playerId) => {
        if (playerId === alice) throw new PersonalDataErased(owner, playerId);
        return here.vault.forWriting(owner, playerId);
      },
    };
    const process = { ...here, vault: keyless };
    const { outcome } = await signInWithDevice(process, signIn({ ...generations, sessionId: later }), request());
    expect(outcome).toMatchObject({ ok: true, value: { playerId: bob } });
  });
});

describe("a player's first data key that was made elsewhere meanwhile", () => {
  const theirKey: NewDataKey = { tenant, playerId: alice, wrappedKey: 'their-key', kekId: 'kek' };
  /** Another process commits its key just before the next append. */
  const overtaken = (runtime: Process): Process => ({
    ...runtime,
    log: intercepted(log, {
      append: async (append) => {
        if (!stored.has(alice))
          await log.append({
            tenant,
            streams: [],
            dataKeys: [theirKey],
            record: {
              tenant,
              scope: 's',
              key: 'theirs',
              requestHash: 'h',
              status: 200,
              response: '',
              expiresAt: Date.now() + 60_000,
            },
          });
        return log.append(append);
      },
    }),
  });

  test('seals the sign-in', async () => {
    const { events } = await signInWithDevice(overtaken(here), signIn(), request());
    expect(events[2]?.data['client']).toMatch(/^their-key\|client\|/);
  });

  test('seals the display name', async () => {
    await signInWithDevice(here, signIn(), request());
    stored.clear();
    const fresh = publishing(openLog(), stored);
    const registered = { type: 'PlayerRegistered', data: { playerId: alice, method: 'device' } } as const;
    await fresh.append({ tenant, streams: [{ streamId: streams[1], expectedVersion: 0n, events: [registered] }] });
    log = fresh;
    const process = overtaken({ ...processOn(fresh), vault: vault('here', stored) });
    const { events } = await changeDisplayName(process, { playerId: alice, displayName: 'Alice' }, request());
    expect(events[0]?.data['displayName']).toBe('their-key|display_name|Alice');
  });
});

describe('a display name', () => {
  test('is taken sealed', async () => {
    await signInWithDevice(here, signIn(), request());
    const { outcome } = await changeDisplayName(here, { playerId: alice, displayName: 'Alice' }, request());
    expect(outcome).toEqual({ ok: true, value: null });
    const [, renamed] = (await log.read(streams[1])).events;
    expect(renamed).toMatchObject({ type: 'DisplayNameChanged', data: { displayName: 'here-key|display_name|Alice' } });
  });

  test('is refused for nobody, and leaves no key', async () => {
    const { outcome } = await changeDisplayName(here, { playerId: bob, displayName: 'Bob' }, request());
    expect(outcome).toEqual({ ok: false, code: 'PLAYER_NOT_FOUND' });
    expect(stored.size).toBe(0);
  });
});

describe('a session', () => {
  const refresh = (presentedHash: string, refreshHash: string) =>
    ({
      type: 'RefreshSession',
      sessionId: visit,
      presentedHash,
      refreshHash,
      refreshExpiresAt: iso('13:00'),
      tokensExpireAt: iso('14:00'),
      now: at('11:00'),
    }) as const;

  test('is refreshed for its player', async () => {
    await signInWithDevice(here, signIn(), request());
    const { outcome } = await changeSession(elsewhere, refresh('first', 'second'), request());
    expect(outcome).toEqual({ ok: true, value: { playerId: alice } });
  });

  test('ends when an old refresh token comes back, on every process', async () => {
    await signInWithDevice(here, signIn(), request());
    await changeSession(here, refresh('first', 'second'), request());
    const stolen = await changeSession(elsewhere, refresh('first', 'stolen'), request());
    expect(stolen.outcome).toEqual({ ok: false, code: 'REFRESH_TOKEN_REUSED' });
    expect(stolen.events.map(({ type }) => type)).toEqual(['SessionRevoked']);
    const { outcome } = await changeSession(here, refresh('second', 'third'), request());
    expect(outcome).toEqual({ ok: false, code: 'REFRESH_TOKEN_INVALID' });
  });

  test('replays a refresh with its key, which is no reuse', async () => {
    await signInWithDevice(here, signIn(), request());
    await changeSession(here, refresh('first', 'second'), keyed('refresh-1'));
    const retry = changeSession(elsewhere, refresh('first', 'other'), keyed('refresh-1'));
    await expect(retry).rejects.toMatchObject({ name: 'RecordExists', record: { status: 200 } });
    expect(await typesOf(streams[2])).toEqual([['PlayerAuthenticated', 'SessionRefreshed']]);
  });

  test('that nobody started cannot be ended', async () => {
    const logout = { type: 'RevokeSession', sessionId: visit, tokensExpireAt: iso('14:00') } as const;
    expect((await changeSession(here, logout, request())).outcome).toEqual({ ok: false, code: 'SESSION_NOT_FOUND' });
  });
});
