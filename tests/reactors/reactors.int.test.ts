import { afterEach, beforeEach, expect, test } from 'vitest';
import { startReactors } from '../../src/application/reactors.ts';
import type { CommandRuntime } from '../../src/commands/handle.ts';
import type { RecordedEvent } from '../../src/events/envelope.ts';
import type { Database } from '../../src/ports/database.ts';
import { createGenerations } from '../../src/processors/generations.ts';
import { followTail, type LogTail } from '../../src/processors/log-tail.ts';
import { listPoison, resolvePoison } from '../../src/processors/poison.ts';
import { processorStatus } from '../../src/processors/status.ts';
import type { Reactor } from '../../src/reactors/reactor.ts';
import { processOn } from '../commands/support.ts';
import {
  corrupt,
  eventually,
  gate,
  type LogUnderTest,
  logUnderTest,
  player,
  scored,
} from '../processors/log-under-test.ts';
import { countingReactor, eventsOf } from './counting.ts';

let here: LogUnderTest;
let tail: LogTail;
let runtime: CommandRuntime;
const started: { stop(): Promise<void> }[] = [];

beforeEach(async () => {
  here = await logUnderTest([]);
  tail = await followTail(here.log);
  runtime = processOn(here.log);
});
afterEach(async () => {
  for (const each of started.splice(0)) await each.stop();
  await tail.stop();
  await here.close();
});

async function start(owner: string, reactor: Reactor, database: Database = here.database) {
  const reactors = await startReactors({
    database,
    tail,
    generations: createGenerations(here.database, []),
    reactors: [reactor],
    owner,
    settings: { leaseMs: 600, minIntervalMs: 5, poisonBaseMs: 20, poisonCapMs: 50 },
    onProblem: () => undefined,
    now: Date.now,
  });
  started.push(reactors);
  return reactors;
}

const causes = async () => (await eventsOf(here.log, 'LeaderboardUpdated')).map(({ eventId }) => eventId).sort();
const answered = async () =>
  (await eventsOf(here.log, 'ScoreAttempted')).map(({ metadata }) => metadata.causationId!).sort();
const appendScores = async (from: number, to: number) => {
  for (let who = from; who <= to; who += 1) await here.appendEntry(who, scored(who, who), scored(who, who + 1));
};

test('two processes share a reactor, one of them is gone in the middle of an event, and every event is answered once', async () => {
  const stuck = gate();
  const released = gate();
  let cut = false;
  const dead: Database = {
    ...here.database,
    query: async (text, params) => {
      if (cut) throw Object.assign(new Error('gone'), { code: 'ECONNRESET' });
      return here.database.query(text, params);
    },
    transaction: async (body) => {
      if (cut) throw Object.assign(new Error('gone'), { code: 'ECONNRESET' });
      return here.database.transaction(body);
    },
  };
  const first = await start(
    'first',
    countingReactor(runtime, async () => {
      if (!cut) return;
      stuck.open();
      await released.opened;
    }),
    dead,
  );
  await eventually(() => first.status()[0]!.held === 16);
  const second = await start('second', countingReactor(processOn(here.log)));
  await eventually(() => first.status()[0]!.held === 8 && second.status()[0]!.held === 8);
  await appendScores(1, 20);
  await eventually(async () => (await answered()).length === 40);
  cut = true;
  await appendScores(21, 40);
  await stuck.opened;
  await eventually(async () => (await answered()).length === 80);
  released.open(); // what the dead process had in hand is answered by it too, and counts no second time
  expect(await second.waitFor('counting', await here.log.positions(), 30_000)).toBe(true);
  expect(await answered()).toEqual(await causes());
});

test('a crash between the answer and the checkpoint repeats nothing', async () => {
  let crashes = 5;
  await start('crashing', countingReactor(runtime), {
    ...here.database,
    transaction: async (body) => {
      if (crashes > 0) {
        crashes -= 1;
        throw Object.assign(new Error('gone'), { code: 'ECONNRESET' });
      }
      return here.database.transaction(body);
    },
  });
  await appendScores(1, 10);
  await eventually(async () => (await answered()).length >= 20);
  await eventually(() => crashes === 0);
  await appendScores(11, 12);
  await eventually(async () => (await answered()).length >= 24);
  expect(await answered()).toEqual(await causes());
});

test('an event that cannot be answered stops its partition, shows with its error, and is skipped when an operator says so', async () => {
  await appendScores(1, 15);
  const { events } = await here.appendEntry(100, corrupt(100));
  const poison = events[0]!;
  await appendScores(16, 30);
  const reactors = await start('one', countingReactor(runtime));
  const listed = await eventually(async () => (await listPoison(here.database))[0]);
  expect(listed).toMatchObject({ processor: 'reactor:counting', position: poison.position, resolution: 'blocked' });
  const stopped = (await processorStatus(here.database)).filter((each) => each.stopped > 0);
  expect(stopped).toMatchObject([{ processor: 'reactor:counting', stopped: 1 }]);
  const { partition, position } = poison;
  await resolvePoison(here.database, { processor: 'reactor:counting', partition, position }, 'skip');
  expect(await reactors.waitFor('counting', await here.log.positions(), 30_000)).toBe(true);
  expect(await answered()).toEqual((await causes()).filter((id) => id !== poison.eventId));
});

test('a reactor for what happens from its first start on leaves history alone, also after a restart', async () => {
  await appendScores(1, 3);
  const late: Reactor = { ...countingReactor(runtime), from: 'first start' };
  const first = await start('one', late);
  await first.stop();
  await appendScores(4, 5);
  const again = await start('two', late);
  expect(await again.waitFor('counting', await here.log.positions(), 30_000)).toBe(true);
  const answers: readonly RecordedEvent[] = await eventsOf(here.log, 'ScoreAttempted');
  expect(new Set(answers.map(({ data }) => data['playerId']))).toEqual(new Set([player(4), player(5)]));
});
