import { beforeEach, describe, expect, test } from 'vitest';
import {
  changeDeadLetter,
  fileDeadLetter,
  letterField,
  letterSubject,
  readDeadLetter,
} from '../../src/commands/dead-letter.ts';
import { receive } from '../../src/commands/inbox.ts';
import { StoreUnavailable } from '../../src/event-store/errors.ts';
import type { EventLog } from '../../src/event-store/port.ts';
import { deadLetterIdOf, deadLetterStream } from '../../src/events/dead-letter.ts';
import {
  type DeadLetterRetry,
  type DeadLettersOptions,
  deadLetters,
  RetryFailed,
} from '../../src/reactors/dead-letters.ts';
import { reactorProcessor } from '../../src/reactors/reactor-processor.ts';
import { createPersonalData, type PersonalData } from '../../src/security/personal-data.ts';
import { intercepted, now, openLog, processOn, request, tenant, totalEvents } from '../commands/support.ts';
import { ringOf } from '../security/support.ts';

const id = deadLetterIdOf('psp', 'evt_1');
const letter = { source: 'psp', key: 'evt_1', reason: 'unparsable', attempts: 1, payload: { body: 'secret text' } };

let log: EventLog;
let vault: PersonalData;
let keys: Map<string, { wrappedKey: string | null; kekId: string | null }>;
beforeEach(() => {
  keys = new Map();
  const store = openLog();
  log = intercepted(store, {
    append: async (append) => {
      const result = await store.append(append);
      for (const { playerId, ...key } of append.dataKeys ?? []) keys.set(playerId, key);
      return result;
    },
  });
  vault = createPersonalData({
    ring: ringOf(),
    now: () => now,
    ttlMs: 0,
    loadDataKeys: async (ids) =>
      ids.flatMap((each) => (keys.has(each.playerId) ? [{ ...each, ...keys.get(each.playerId)! }] : [])),
  });
});

const runtime = () => ({ ...processOn(log), vault });
const file = () => fileDeadLetter(runtime(), letter, request());
const change = (type: 'RetryDeadLetter' | 'DiscardDeadLetter') =>
  changeDeadLetter(runtime(), { type, deadLetterId: id }, request());
const phase = async () => (await readDeadLetter(runtime(), tenant, id)).phase;

const failures: unknown[] = [];
const reactor = (retry: DeadLetterRetry | null, changes: Partial<DeadLettersOptions> = {}) =>
  deadLetters({
    runtime: runtime(),
    records: { deleteDataKey: async (_, subject) => void keys.set(subject, { wrappedKey: null, kekId: null }) },
    reveal: vault.decrypt,
    sources: retry === null ? {} : { psp: retry },
    onFailure: (_, error) => failures.push(error),
    ...changes,
  });
/** Lets the reactor answer to everything about the letter. */
const answer = async (...args: Parameters<typeof reactor>) => {
  const { events } = await log.read(deadLetterStream(tenant, id));
  const one = reactor(...args);
  await reactorProcessor(one, () => now).handle(events.filter(({ type }) => one.types.includes(type)));
};

describe('filing', () => {
  test('seals what the letter holds with a key of its own, in one append', async () => {
    const { events } = await file();
    expect(JSON.stringify(events.map(({ data }) => data))).not.toContain('secret text');
    expect([...keys.keys()]).toEqual([letterSubject(id)]);
    const { sealed } = (await readDeadLetter(runtime(), tenant, id)) as { sealed: string };
    const opened = await vault.decrypt({ tenant, playerId: letterSubject(id), field: letterField, ciphertext: sealed });
    expect(opened).toBe('{"body":"secret text"}');
  });

  test('twice is once, and so it is with the message of outside that led to it', async () => {
    await Promise.all([file(), file(), file()]);
    for (let delivery = 0; delivery < 2; delivery += 1)
      await receive({ source: 'psp', id: 'evt_2' }, request(), (context) =>
        fileDeadLetter(runtime(), { ...letter, key: 'evt_2' }, context),
      );
    expect(await totalEvents(log)).toBe(2);
  });
});

describe('a retry', () => {
  test('is given what was filed, and settles the letter when it succeeds', async () => {
    await file();
    await change('RetryDeadLetter');
    const given: unknown[] = [];
    await answer(async (what) => void given.push(what));
    expect(given).toEqual([{ tenant, key: 'evt_1', payload: letter.payload }]);
    expect(await readDeadLetter(runtime(), tenant, id)).toMatchObject({ phase: 'resolved', attempts: 2 });
  });

  test.each([
    { error: new RetryFailed('refused'), reason: 'refused' },
    { error: new TypeError('details that are nobody’s business'), reason: 'unexpected_error' },
  ])('that fails leaves the letter open, with $reason', async ({ error, reason }) => {
    await file();
    await change('RetryDeadLetter');
    await answer(async () => {
      throw error;
    });
    const { events } = await log.read(deadLetterStream(tenant, id));
    expect(events.at(-1)).toMatchObject({ type: 'DeadLetterRetryFailed', data: { reason, attempts: 2 } });
    expect(failures.pop()).toBe(error);
    await change('RetryDeadLetter');
    expect(await phase()).toBe('retrying');
  });

  test('of a source that nobody can retry fails', async () => {
    await file();
    await change('RetryDeadLetter');
    await answer(null);
    const { events } = await log.read(deadLetterStream(tenant, id));
    expect(events.at(-1)?.data['reason']).toBe('not_retryable');
  });

  test('is not answered while the database is away, and is then', async () => {
    await file();
    await change('RetryDeadLetter');
    const away = answer(async () => {
      throw new StoreUnavailable(false, null);
    });
    await expect(away).rejects.toThrow(StoreUnavailable);
    expect(await phase()).toBe('retrying');
    await answer(async () => undefined);
    expect(await phase()).toBe('resolved');
  });

  test('whose process dies before the answer is done again, and its commands count once', async () => {
    await file();
    await change('RetryDeadLetter');
    const other = deadLetterIdOf('psp', 'made-by-the-retry');
    const retry: DeadLetterRetry = async (_, reaction) => {
      await reaction.once((context) => fileDeadLetter(runtime(), { ...letter, key: 'made-by-the-retry' }, context));
    };
    const dying = {
      ...runtime(),
      log: intercepted(log, { append: () => Promise.reject(new StoreUnavailable(true, null)) }),
    };
    await expect(answer(retry, { runtime: dying })).rejects.toThrow(StoreUnavailable);
    await answer(retry);
    expect(await phase()).toBe('resolved');
    expect((await log.read(deadLetterStream(tenant, other))).version).toBe(1n);
  });
});

test('what a settled letter held is unreadable for good', async () => {
  await file();
  await change('DiscardDeadLetter');
  const { sealed } = (await readDeadLetter(runtime(), tenant, id)) as { sealed: string };
  await answer(null);
  expect(
    await vault.decrypt({ tenant, playerId: letterSubject(id), field: letterField, ciphertext: sealed }),
  ).toBeNull();
});
