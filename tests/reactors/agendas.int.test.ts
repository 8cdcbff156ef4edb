import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Agendas, startAgendas } from '../../src/application/agendas.ts';
import type { Database } from '../../src/ports/database.ts';
import { processorStatus } from '../../src/processors/status.ts';
import type { Agenda } from '../../src/reactors/agenda.ts';
import { eventually, type LogUnderTest, logUnderTest, tenant } from '../processors/log-under-test.ts';

let here: LogUnderTest;
let rounds: string[];
const started: Agendas[] = [];

beforeEach(async () => {
  here = await logUnderTest([]);
  rounds = [];
});
afterEach(async () => {
  for (const agendas of started.splice(0)) await agendas.stop();
  await here.close();
});

/** Notes who does what is due; everything is due again in each round. */
const noting = (owner: string): Agenda => ({
  name: 'rounds',
  everyMs: 5,
  due: async (now, after) => (after === null ? [{ tenant, id: `${now}`, dueAt: now }] : []),
  perform: async () => void rounds.push(owner),
});

function start(owner: string, agenda: Agenda = noting(owner), database: Database = here.database): Agendas {
  let time = 0;
  const agendas = startAgendas({
    database,
    agendas: [agenda],
    leaseMs: 600,
    owner,
    onProblem: () => undefined,
    now: () => ++time,
  });
  started.push(agendas);
  return agendas;
}
const isHeld = (agendas: Agendas) => agendas.status()[0]!.held;

test('one process at a time does what is due, and the other takes over at once when it ends', async () => {
  const first = start('first');
  await eventually(() => rounds.length > 3);
  const second = start('second');
  const before = rounds.length;
  await eventually(() => rounds.length > before + 20);
  expect(new Set(rounds)).toEqual(new Set(['first']));
  expect([isHeld(first), isHeld(second)]).toEqual([true, false]);
  await started.shift()!.stop();
  await eventually(() => rounds.includes('second'));
  expect(isHeld(second)).toBe(true);
});

test('a process that lost its database is replaced when its lease runs out, and knows it', async () => {
  let cut = false;
  const gone = () => Object.assign(new Error('gone'), { code: 'ECONNRESET' });
  const dead = start('dead', undefined, {
    ...here.database,
    query: async (text, params) => {
      if (cut) throw gone();
      return here.database.query(text, params);
    },
    transaction: async (body) => {
      if (cut) throw gone();
      return here.database.transaction(body);
    },
  });
  await eventually(() => rounds.length > 0);
  cut = true;
  const heir = start('heir');
  await eventually(() => isHeld(heir));
  expect(dead.status()[0]!.problem).toMatchObject({ message: 'gone' });
  cut = false;
  const before = rounds.length;
  await eventually(() => rounds.length > before + 20 && !isHeld(dead));
  expect(new Set(rounds.slice(before))).toEqual(new Set(['heir']));
});

test('a lease is kept during a round that takes longer than it', async () => {
  let release = () => {};
  const slow: Agenda = { ...noting('slow'), perform: () => new Promise((resolve) => (release = () => resolve())) };
  const first = start('slow', slow);
  const firstHolds = await eventually(() => isHeld(first));
  start('eager');
  const epoch = async () =>
    (
      await here.query("select lease_until::text as until from processor_checkpoints where processor = 'agenda:rounds'")
    )[0];
  const seen = new Set<string>();
  await eventually(async () => seen.add(JSON.stringify(await epoch())).size > 5); // renewed more often than one lease lasts
  expect([firstHolds, rounds]).toEqual([true, []]);
  release();
});

test('what fails shows, and does not count as a partition that is behind', async () => {
  const agendas = start('one', {
    name: 'broken',
    everyMs: 5,
    due: async (now, after) => (after === null ? [{ tenant, id: 'a', dueAt: now - 7 }] : []),
    perform: async () => {
      throw new Error('cannot be done');
    },
  });
  await eventually(() => agendas.status()[0]!.failing === 1);
  expect(agendas.status()).toMatchObject([{ name: 'agenda:broken', held: true, failing: 1, overdueMs: 7 }]);
  const partitioned = (await processorStatus(here.database)).map(({ processor }) => processor);
  expect(partitioned).not.toContain('agenda:broken');
});
