import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CommandRuntime } from '../../src/commands/handle.ts';
import { enqueueTicket } from '../../src/commands/matchmaking.ts';
import type { PlayerId, TicketId } from '../../src/events/ids.ts';
import { processOn, register } from '../commands/support.ts';
import { eventually, type LogUnderTest, logUnderTest, tenant } from '../processors/log-under-test.ts';
import { compiled } from '../support/compiled.ts';

const script = fileURLToPath(new URL('./matchmaker-worker.ts', import.meta.url));
const modesKnown = [
  { name: 'solo', teamSize: 1 },
  { name: 'duo', teamSize: 2 },
];

let here: LogUnderTest;
let runtime: CommandRuntime;
const children: ChildProcess[] = [];
beforeEach(async () => {
  here = await logUnderTest();
  runtime = processOn(here.log);
});
afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  await here.close();
});

async function startWorker(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [compiled(script), here.url]);
  children.push(child);
  let errors = '';
  child.stderr.on('data', (text) => {
    errors += text;
  });
  const ready = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', () => resolve());
    child.once('close', () => reject(new Error(errors)));
  });
  await ready;
  return child;
}

/** Tickets of single players and of pairs, all of about the same skill; as many as make whole matches. */
const enqueue = async (count: number) => {
  const one = async (index: number) => {
    const duo = index % 2 === 1;
    const playerIds = Array.from({ length: duo ? 2 : 1 }, () => randomUUID() as PlayerId);
    await register(here.log, playerIds.slice(0, 1), tenant);
    const { outcome } = await enqueueTicket(
      runtime,
      {
        type: 'EnqueueTicket',
        ticketId: randomUUID() as TicketId,
        playerId: playerIds[0]!,
        playerIds,
        partyId: null,
        skill: 1000 + (index % 100),
        modes: [duo ? 'duo' : 'solo'],
        modesKnown,
        expiresAt: new Date(Date.now() + 600_000).toISOString(),
      },
      { tenant, actor: 'tester', correlationId: 'test', now: Date.now() },
    );
    expect(outcome.ok).toBe(true);
  };
  await Promise.all(Array.from({ length: count }, (_, index) => one(index)));
};
const matchedTickets = async (): Promise<number> =>
  Number((await here.query(`select count(*) as n from events where type = 'TicketMatched'`))[0]!['n']);
const leader = () =>
  eventually(async () => {
    const [row] = await here.query(
      `select owner from processor_checkpoints where processor = 'matchmaker' and lease_until > clock_timestamp()`,
    );
    return children.find(({ pid }) => row !== undefined && String(row['owner']).includes(`:${pid}:`));
  });

/** Every ticket is in one match, and so is every player. */
async function expectEverybodyOnce(tickets: number) {
  const perTicket = await here.query(
    `select stream_id, count(*) as n from events where type = 'TicketMatched' group by stream_id`,
  );
  expect(perTicket.filter(({ n }) => Number(n) !== 1)).toEqual([]);
  expect(perTicket.length).toBe(tickets);
  const started = await here.query(`select data from events where type = 'MatchStarted'`);
  const players = started.flatMap(({ data }) =>
    (data as { teams: { players: string[] }[] }).teams.flatMap((team) => team.players),
  );
  expect(new Set(players).size).toBe(players.length);
  expect(players.length).toBe((tickets * 3) / 2);
}

test('of two matchmakers one works; when it is killed in the middle the other goes on, and nobody is in two matches', async () => {
  await Promise.all([startWorker(), startWorker()]);
  const first = await leader();
  await enqueue(200);
  await eventually(async () => (await matchedTickets()) > 0);
  first.kill('SIGKILL');
  await enqueue(200);
  await eventually(async () => (await matchedTickets()) === 400);
  await expectEverybodyOnce(400);
});

test('a matchmaker that was paused beyond its lease does not match again what the other has matched', async () => {
  await Promise.all([startWorker(), startWorker()]);
  const first = await leader();
  first.kill('SIGSTOP');
  await enqueue(100);
  await eventually(async () => (await matchedTickets()) === 100);
  first.kill('SIGCONT');
  await enqueue(100);
  await eventually(async () => (await matchedTickets()) === 200);
  await expectEverybodyOnce(200);
});

test('a matchmaker that starts late finds those who wait already', async () => {
  await enqueue(4);
  await startWorker();
  await eventually(async () => (await matchedTickets()) === 4);
  await expectEverybodyOnce(4);
});
