import { beforeEach, describe, expect, test } from 'vitest';
import { playerAccount } from '../../src/aggregates/player-account.ts';
import type { CommandContext } from '../../src/commands/context.ts';
import { type CommandRuntime, handle } from '../../src/commands/handle.ts';
import { changeSeason } from '../../src/commands/season.ts';
import { using } from '../../src/commands/stream-use.ts';
import {
  type Append,
  type EventLog,
  RecordExists,
  StoreOverloaded,
  VersionConflict,
} from '../../src/event-store/index.ts';
import type { DomainEvent } from '../../src/events/catalogue.ts';
import type { PlayerId } from '../../src/events/ids.ts';
import { playerStream } from '../../src/events/player.ts';
import { seasonStream } from '../../src/events/season.ts';
import { alice, bob, iso, spring } from '../aggregates/examples.ts';
import { intercepted, keyed, openLog, processOn, request, tenant, totalEvents } from './support.ts';

const open = {
  type: 'OpenSeason',
  season: spring,
  operator: 'best',
  opensAt: null,
  closesAt: null,
  submitBy: 'players',
} as const;
const close = { type: 'CloseSeason', season: spring } as const;
const ok = { ok: true, value: null };
const refused = (code: string) => ({ ok: false, code });

const streamOf = (player: PlayerId) => playerStream(tenant, player);
const renamed = (playerId: PlayerId, displayName: string): DomainEvent => ({
  type: 'DisplayNameChanged',
  data: { playerId, displayName },
});

/** Appends a display name that tells how many there were: a lost update would show. */
function rename(
  runtime: CommandRuntime,
  player: PlayerId,
  seen: (string | null)[] = [],
  context: CommandContext<null> = request(),
) {
  const account = using(playerAccount, streamOf(player));
  return handle<null>(
    runtime,
    [account],
    (stateOf) => {
      const { displayName } = stateOf(account);
      seen.push(displayName);
      const events = [renamed(player, `${Number(displayName ?? 0) + 1}`)];
      return { events: [[account, events]], outcome: { ok: true, value: null } };
    },
    context,
  );
}
const namesOf = async (log: EventLog, player: PlayerId) =>
  (await log.read(streamOf(player))).events.map(({ data }) => data['displayName']);

let log: EventLog;
let here: CommandRuntime;
let elsewhere: CommandRuntime;
beforeEach(() => {
  log = openLog();
  here = processOn(log);
  elsewhere = processOn(log);
});

describe('a retry', () => {
  test('with its key is told that there is an outcome, and which', async () => {
    const first = await changeSeason(here, open, keyed('open-1'));
    expect(first.outcome).toEqual(ok);
    for (const runtime of [here, elsewhere]) {
      const retry = changeSeason(runtime, open, keyed('open-1'));
      await expect(retry).rejects.toBeInstanceOf(RecordExists);
      await expect(retry).rejects.toMatchObject({ record: { status: 200, response: JSON.stringify(ok) } });
    }
    expect(await totalEvents(log)).toBe(1);
  });

  test('of what has happened already appends nothing', async () => {
    await changeSeason(here, open, request());
    await changeSeason(here, close, request());
    const again = await changeSeason(here, close, request());
    expect(again).toEqual({ outcome: ok, events: [] });
    expect(await totalEvents(log)).toBe(2);
  });

  test('of a refusal gets the first refusal, also when the command would now be accepted', async () => {
    const first = await changeSeason(here, close, keyed('close-1'));
    expect(first).toEqual({ outcome: refused('SEASON_NOT_FOUND'), events: [] });
    await changeSeason(here, open, request());
    await expect(changeSeason(here, close, keyed('close-1'))).rejects.toMatchObject({ record: { status: 409 } });
  });

  test('whose own outcome would not be remembered gets the remembered one first', async () => {
    const onlyAccepted = keyed<null>('open-1', ({ ok }) => ok);
    await changeSeason(here, open, onlyAccepted);
    const retry = changeSeason(elsewhere, open, onlyAccepted);
    await expect(retry).rejects.toMatchObject({ record: { status: 200 } });
  });

  test('of a refusal that was not remembered is decided anew', async () => {
    const onlyAccepted = keyed<null>('close-1', ({ ok }) => ok);
    expect((await changeSeason(here, close, onlyAccepted)).outcome).toEqual(refused('SEASON_NOT_FOUND'));
    await changeSeason(here, open, request());
    expect((await changeSeason(here, close, onlyAccepted)).outcome).toEqual(ok);
  });
});

describe('state of another process', () => {
  test('turns a refusal on old state into an acceptance', async () => {
    expect((await changeSeason(here, close, request())).outcome).toEqual(refused('SEASON_NOT_FOUND'));
    await changeSeason(elsewhere, open, request());
    expect((await changeSeason(here, close, request())).outcome).toEqual(ok);
  });

  test('is read before a command is taken as already done', async () => {
    const seen: boolean[] = [];
    const account = using(playerAccount, streamOf(alice));
    const registerOnce = (runtime: CommandRuntime) =>
      handle<null>(
        runtime,
        [account],
        (stateOf) => {
          const { registered, displayName } = stateOf(account);
          seen.push(registered);
          const silent = registered && displayName === null;
          const events: DomainEvent[] = silent ? [] : [renamed(alice, 'x')];
          return { events: [[account, events]], outcome: { ok: true, value: null } };
        },
        request(),
      );
    const registered = { type: 'PlayerRegistered', data: { playerId: alice, method: 'device' } } as const;
    await log.append({ tenant, streams: [{ streamId: streamOf(alice), expectedVersion: 0n, events: [registered] }] });
    expect((await registerOnce(here)).events).toEqual([]);
    await rename(elsewhere, alice);
    expect((await registerOnce(here)).events).toHaveLength(1);
    expect(seen).toEqual([true, true, true]);
  });

  test('is met by a conflict and decided on anew', async () => {
    await rename(here, alice);
    await rename(elsewhere, alice);
    const seen: (string | null)[] = [];
    await rename(here, alice, seen);
    expect(seen).toEqual(['1', '2']);
    expect(await namesOf(log, alice)).toEqual(['1', '2', '3']);
  });

  test('loses nothing when both write at once', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, n) => rename(n % 2 === 0 ? here : elsewhere, alice)));
    expect(await namesOf(log, alice)).toEqual(Array.from({ length: 40 }, (_, n) => `${n + 1}`));
  });
});

describe('a long stream that two processes write by turns', () => {
  test('is not read again: each reads what the other appended', async () => {
    let read = 0;
    const counting = intercepted(log, {
      read: async (...args) => {
        const slice = await log.read(...args);
        read += slice.events.length;
        return slice;
      },
    });
    const processes = [processOn(counting), processOn(counting)];
    for (let turn = 0; turn < 100; turn += 1) await rename(processes[turn % 2]!, alice);
    expect(await namesOf(log, alice)).toEqual(Array.from({ length: 100 }, (_, turn) => `${turn + 1}`));
    expect(read).toBeLessThanOrEqual(100);
  });
});

test('what is known of events that the log has lost is forgotten', async () => {
  for (let time = 0; time < 3; time += 1) await rename(elsewhere, alice);
  await rename(here, alice);
  const restored = openLog();
  const runtime = { ...here, log: restored };
  expect((await rename(runtime, alice)).outcome).toEqual(ok);
  expect(await namesOf(restored, alice)).toEqual(['1']);
});

describe('commands of one process', () => {
  test('on one stream are decided one after another, each on the result of the one before', async () => {
    const seen: (string | null)[] = [];
    await Promise.all(Array.from({ length: 20 }, () => rename(here, alice, seen)));
    expect(seen).toEqual([null, ...Array.from({ length: 19 }, (_, n) => `${n + 1}`)]);
  });

  test('on another stream do not wait', async () => {
    let openGate = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      openGate = resolve;
    });
    const slow = processOn(
      intercepted(log, {
        append: async (append) => {
          if (append.streams[0]?.streamId === streamOf(alice)) await gate;
          return log.append(append);
        },
      }),
    );
    const waiting = rename(slow, alice);
    await rename(slow, bob);
    expect(await namesOf(log, alice)).toEqual([]);
    openGate();
    await waiting;
    expect(await namesOf(log, alice)).toEqual(['1']);
  });

  test('go on after one that failed', async () => {
    let calls = 0;
    const flaky = processOn(
      intercepted(log, {
        append: async (append) => {
          calls += 1;
          if (calls === 1) throw new StoreOverloaded(10_000);
          return log.append(append);
        },
      }),
    );
    const outcomes = await Promise.allSettled([rename(flaky, alice), rename(flaky, alice)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(outcomes[0]).toMatchObject({ reason: { name: 'StoreOverloaded' } });
    expect(await namesOf(log, alice)).toEqual(['1']);
  });
});

describe('a stream that is lost again and again', () => {
  /** Another writer always comes first; `exclusive` counts the appends that lock. */
  const contested = (before: () => Promise<unknown>) => {
    const counts = { optimistic: 0, exclusive: 0 };
    const runtime = processOn(
      intercepted(log, {
        append: async (append) => {
          counts.optimistic += 1;
          await before();
          return log.append(append);
        },
        appendExclusively: (streams, decide) => {
          counts.exclusive += 1;
          return log.appendExclusively(streams, decide);
        },
      }),
    );
    return { runtime, counts };
  };

  test('is locked after two losses', async () => {
    const { runtime, counts } = contested(() => rename(elsewhere, alice));
    const seen: (string | null)[] = [];
    const { events } = await rename(runtime, alice, seen);
    expect(counts).toEqual({ optimistic: 2, exclusive: 1 });
    expect(events.map(({ version }) => version)).toEqual([3n]);
    expect(await namesOf(log, alice)).toEqual(['1', '2', '3']);
    expect(seen.at(-1)).toBe('2');
  });

  test('is decided on under the lock with what was written meanwhile', async () => {
    const { runtime } = contested(() => rename(elsewhere, alice));
    const late = intercepted(runtime.log, {
      appendExclusively: async (streams, decide) => {
        await rename(elsewhere, alice);
        return log.appendExclusively(streams, decide);
      },
    });
    await rename({ ...runtime, log: late }, alice);
    expect(await namesOf(log, alice)).toEqual(['1', '2', '3', '4']);
  });

  test('keeps the outcome of a key under the lock too', async () => {
    const { runtime } = contested(() => rename(elsewhere, alice));
    await rename(runtime, alice, [], keyed('rename-1'));
    await expect(rename(here, alice, [], keyed('rename-1'))).rejects.toBeInstanceOf(RecordExists);
  });

  test('may turn out to need nothing under the lock', async () => {
    await changeSeason(here, open, request());
    const others = [() => log.append(note()), () => log.append(note())];
    const { runtime, counts } = contested(async () => others.shift()?.());
    const late = intercepted(runtime.log, {
      appendExclusively: async (streams, decide) => {
        await changeSeason(elsewhere, close, request());
        return runtime.log.appendExclusively(streams, decide);
      },
    });
    expect(await changeSeason({ ...runtime, log: late }, close, request())).toEqual({ outcome: ok, events: [] });
    expect(counts).toEqual({ optimistic: 2, exclusive: 1 });

    function note(): Append {
      const { type: _, ...data } = open;
      return {
        tenant,
        streams: [
          { streamId: seasonStream(tenant, spring), expectedVersion: 'any', events: [{ type: 'SeasonOpened', data }] },
        ],
      };
    }
  });

  test('fails with the conflict in the end', async () => {
    const hopeless = processOn(
      intercepted(log, {
        append: async () => Promise.reject(new VersionConflict('s', 0n, 1n)),
        appendExclusively: async () => Promise.reject(new VersionConflict('s', 0n, 1n)),
      }),
    );
    await expect(rename(hopeless, alice)).rejects.toBeInstanceOf(VersionConflict);
  });
});

test('events carry what is known of the request, their schema version and their public messages', async () => {
  const appends: Append[] = [];
  const watched = processOn(
    intercepted(log, {
      append: (append) => {
        appends.push(append);
        return log.append(append);
      },
    }),
  );
  const { events } = await changeSeason(watched, open, request({ traceparent: '00-aa-bb-01' }));
  const metadata = {
    occurredAt: iso('11:00'),
    correlationId: 'request-1',
    actor: 'operator:eve',
    traceparent: '00-aa-bb-01',
  };
  expect(events).toMatchObject([{ type: 'SeasonOpened', tenant, schemaVersion: 1, metadata }]);
  expect(appends[0]?.streams[0]?.events[0]?.messages).toMatchObject([{ type: 'SeasonOpened', aggregateId: spring }]);
});
