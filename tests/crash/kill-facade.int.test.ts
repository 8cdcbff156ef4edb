import { afterAll, beforeAll, expect, test } from 'vitest';
import { runProgram, sandai } from '../runtime/processes.ts';
import { type Facades, openFacades } from './facades.ts';
import { checkLog, playUnderFire } from './load.ts';
import { rowsAfterRebuild } from './rebuilt.ts';

let facades: Facades;
beforeAll(async () => {
  facades = await openFacades();
});
afterAll(() => facades?.end());

test('no acknowledged command is lost or doubled when façades are killed under load', {
  timeout: 120_000,
}, async () => {
  const { database, env, start } = facades;
  const running = await Promise.all([start(), start()]);
  const token = runProgram(sandai, ['token', '--role', 'admin'], env);
  expect(await token.exit).toBe(0);
  let turn = 0;
  const baseUrl = () => running[turn++ % running.length]?.url ?? '';
  const load = await playUnderFire(baseUrl, token.output().trim(), { players: 24, scores: 40, season: 'crash' });

  await load.reached(150);
  running[0]?.program.child.kill('SIGKILL');
  await running[0]?.program.exit;
  running[0] = await start();
  await load.reached(400);
  for (const { program } of running) program.child.kill('SIGKILL');
  await Promise.all(running.map(({ program }) => program.exit));
  running.splice(0, 2, await start());
  await load.done;

  await checkLog((text) => database.query(text), load.acknowledged);
  const { live, rebuilt } = await rowsAfterRebuild(env, (text) => database.query(text));
  expect(live).toHaveLength(24);
  expect(live.every((row) => Number(row['score']) === (40 * 41) / 2)).toBe(true);
  expect(rebuilt).toEqual(live);
});
