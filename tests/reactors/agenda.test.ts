import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { handle } from '../../src/commands/handle.ts';
import { using } from '../../src/commands/stream-use.ts';
import type { EventLog } from '../../src/event-store/port.ts';
import { streamId, type TenantId } from '../../src/events/ids.ts';
import { type SeasonEvent, seasonStream } from '../../src/events/season.ts';
import { type Agenda, agendaRunner, type Due } from '../../src/reactors/agenda.ts';
import { openLog, processOn, totalEvents } from '../commands/support.ts';
import { spring, tenant } from '../processors/log-under-test.ts';

const minute = 60_000;
const ours = async () => undefined;
const due = (id: string, dueAt: number, of: TenantId = tenant): Due => ({ tenant: of, id, dueAt });
const before = (a: Due, b: Due) =>
  a.dueAt - b.dueAt || (a.tenant < b.tenant ? -1 : a.tenant > b.tenant ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** An agenda over a list that nobody takes done things from, as a read model that is for ever behind. */
const listed = (items: readonly Due[], perform: Agenda['perform']): Agenda => ({
  name: 'reminders',
  everyMs: 1_000,
  due: async (now, after, limit) =>
    items
      .filter(({ dueAt }) => dueAt <= now)
      .sort(before)
      .filter((item) => after === null || before(after, item) < 0)
      .slice(0, limit),
  perform,
});

/** Appends one event for each thing that is done: a command that would count twice if it ran twice. */
const reminding =
  (log: EventLog): Agenda['perform'] =>
  async ({ tenant: of, id }, task) => {
    const runtime = processOn(log);
    const stream = using<null, SeasonEvent>({ initial: null, evolve: () => null }, streamId('reminder', of, id));
    const reminded = { type: 'SeasonClosed', data: { season: spring } } as const;
    await task.once((context) =>
      handle(
        runtime,
        [stream],
        () => ({ events: [[stream, [reminded]]], outcome: { ok: true, value: null } }),
        context,
      ),
    );
  };

describe('an agenda', () => {
  test('does what is due and nothing earlier, the longest due first', async () => {
    const done: string[] = [];
    const items = [due('third', 30), due('first', 10), due('later', 41), due('second', 20), due('fourth', 40)];
    const run = agendaRunner(listed(items, async ({ id }) => void done.push(id)));
    expect(await run(40, ours)).toEqual({ performed: 4, failed: [], oldestMs: 0 });
    expect(done).toEqual(['first', 'second', 'third', 'fourth']);
  });

  test('does what was missed when it runs again, whatever number of pages it is', async () => {
    const done = new Set<string>();
    const items = Array.from({ length: 345 }, (_, index) => due(`${index}`, index % 7));
    const run = agendaRunner(listed(items, async ({ id }) => void done.add(id)));
    expect(await run(10 * minute, ours)).toMatchObject({ performed: 345 });
    expect(done.size).toBe(345);
    expect(await run(10 * minute, ours)).toMatchObject({ performed: 0 });
  });

  test('goes on after a thing that fails, tells how late that is, and tries it again', async () => {
    const done: string[] = [];
    let broken = true;
    const run = agendaRunner(
      listed([due('broken', 100), due('whole', 200)], async ({ id }) => {
        if (id === 'broken' && broken) throw new Error('not now');
        done.push(id);
      }),
    );
    expect(await run(1_100, ours)).toMatchObject({
      performed: 1,
      failed: [{ item: { id: 'broken' }, error: { message: 'not now' } }],
      oldestMs: 1_000,
    });
    broken = false;
    expect(await run(1_200, ours)).toEqual({ performed: 1, failed: [], oldestMs: 0 });
    expect(done).toEqual(['whole', 'broken']);
  });

  test('does nothing for what another process has taken over', async () => {
    const done: string[] = [];
    const run = agendaRunner(listed([due('one', 1)], async ({ id }) => void done.push(id)));
    const lost = run(10, async () => {
      throw new Error('lost');
    });
    await expect(lost).rejects.toThrow('lost');
    expect(done).toEqual([]);
  });

  test('names itself and what was due in its events', async () => {
    const log = openLog();
    await agendaRunner(listed([due('spring', 0)], reminding(log)))(5, ours);
    const { events } = await log.read(streamId('reminder', tenant, 'spring'));
    expect(events[0]!.metadata).toEqual({
      occurredAt: '1970-01-01T00:00:00.005Z',
      actor: 'agenda:reminders',
      correlationId: 'reminders spring 1970-01-01T00:00:00.000Z',
    });
    expect((await log.read(seasonStream(tenant, spring))).version).toBe(0n);
  });

  test('counts each thing once for each time that it is due, however many processes do it at once and again', async () => {
    const thing = fc.record({ id: fc.constantFrom('a', 'b', 'c'), dueAt: fc.constantFrom(1, 2, 3) });
    const tenants = fc.constantFrom('acme' as TenantId, 'umbra' as TenantId);
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(thing, tenants), { selector: ([item, of]) => `${of} ${item.id} ${item.dueAt}` }),
        fc.integer({ min: 1, max: 4 }),
        async (things, processes) => {
          const log = openLog();
          const items = things.map(([{ id, dueAt }, of]) => due(id, dueAt, of));
          const agenda = listed(items, reminding(log));
          for (let round = 0; round < 2; round += 1)
            await Promise.all(Array.from({ length: processes }, () => agendaRunner(agenda)(10, ours)));
          expect(await totalEvents(log)).toBe(items.length);
        },
      ),
    );
  });
});
