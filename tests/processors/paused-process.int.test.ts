import { afterEach, beforeEach, expect, test } from 'vitest';
import { projections } from '../../projections.config.ts';
import { checkpointsOf, covers, ensureCheckpoints } from '../../src/processors/checkpoints.ts';
import { type Program, runProgram } from '../runtime/processes.ts';
import { eventually, type LogUnderTest, logUnderTest, opened, scored } from './log-under-test.ts';

const leaseMs = 600;
const probes = ['probe-a', 'probe-b'];
let here: LogUnderTest;
const running: Program[] = [];
beforeEach(async () => {
  here = await logUnderTest();
  await here.query('create table taken (probe text, partition int, position bigint)');
  if (here.appRole) await here.query(`grant select, insert on taken to "${here.appRole}"`);
  for (const probe of probes) await ensureCheckpoints(here.database, probe, here.log.info.partitions);
});
afterEach(async () => {
  for (const { child, exit } of running.splice(0)) {
    child.kill('SIGKILL');
    await exit;
  }
  await here.close();
});

async function start(): Promise<Program> {
  const program = runProgram('tests/processors/processing-worker.ts', [here.url, `${leaseMs}`, ...probes]);
  running.push(program);
  await program.said(/ready/);
  return program;
}
const processors = [...probes, ...projections.map(({ name }) => `${name}#g1`)];
/** Every processor has taken everything, and moved past what it does not want. */
const everythingTaken = () =>
  eventually(async () => {
    const ends = await here.log.positions();
    const reached = await Promise.all(processors.map((name) => checkpointsOf(here.database, name)));
    return reached.every((positions) => covers(positions, ends));
  });
const ownersOf = async (processor: string) => {
  const rows = await here.query('select distinct owner from processor_checkpoints where processor = $1', [processor]);
  return rows.map(({ owner }) => String(owner));
};
const isOf =
  ({ child }: Program) =>
  (owner: string) =>
    owner.includes(`:${child.pid}:`);

test('of two processes that keep all read models, each is paused beyond its leases again and again, and every event is taken once', async () => {
  const both = [await start(), await start()] as const;
  await here.appendSeason(opened());
  const scores = new Map<number, number>();
  for (let round = 0; round < 2; round += 1) {
    const [paused, other] = round % 2 === 0 ? both : ([both[1], both[0]] as const);
    await eventually(async () => (await ownersOf('profiles#g1')).some(isOf(paused)));
    for (let who = 41; who <= 80; who += 1) {
      scores.set(who, round);
      await here.appendEntry(who, scored(who, round));
    }
    paused.child.kill('SIGSTOP');
    for (let who = 1; who <= 40; who += 1) {
      scores.set(who, round * 100 + who);
      await here.appendEntry(who, scored(who, round * 100 + who));
    }
    await everythingTaken();
    expect((await ownersOf('profiles#g1')).every(isOf(other))).toBe(true);
    paused.child.kill('SIGCONT');
  }
  await everythingTaken();
  const rows = await here.query('select player_id, score, version from leaderboard_entries__g1');
  expect(rows.map(({ score }) => Number(score)).sort((a, b) => a - b)).toEqual(
    [...scores.values()].sort((a, b) => a - b),
  );
  const taken = await here.query('select probe, partition, position from taken');
  const written = await here.query(`select partition, position from events where type = 'LeaderboardUpdated'`);
  const places = (found: Record<string, unknown>[]) =>
    found.map(({ partition, position }) => `${partition}/${position}`).sort();
  for (const probe of probes) expect(places(taken.filter((row) => row['probe'] === probe))).toEqual(places(written));
  expect(await here.query('select processor, error from poison_events')).toEqual([]);
  // a process that was paused may find that it waited for a connection for too long, or was in a transaction for too long
  const ofPauses =
    /Error: (timeout exceeded when trying to connect|Client has encountered a connection error and is not queryable)/g;
  for (const { errors } of both) expect(errors().replaceAll(ofPauses, '')).not.toMatch(/rror:/);
}, 120_000);
