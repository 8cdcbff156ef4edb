import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Program, runProgram } from '../runtime/processes.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { checkLog, playUnderFire } from './load.ts';
import { rowsAfterRebuild } from './rebuilt.ts';

let database: TestDatabase;
let env: NodeJS.ProcessEnv;
const running: Program[] = [];

beforeAll(async () => {
  database = await testDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'sandai-crash-'));
  env = {
    DATABASE_URL: database.url,
    DATABASE_MIGRATION_URL: database.ownerUrl,
    SANDAI_DATA_DIR: folder,
    SANDAI_RATE_LIMIT_ANONYMOUS_PER_MINUTE: '1000000',
    SANDAI_RATE_LIMIT_SIGNED_IN_PER_MINUTE: '1000000',
    SANDAI_PROCESSORS_LEASE_MS: '1000',
  };
  expect(await runProgram('src/main.ts', ['keys', 'generate'], env).exit).toBe(0);
});
afterAll(async () => {
  for (const { child, exit } of running) {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await exit;
  }
  await database.drop();
});

async function start(): Promise<{ program: Program; url: string }> {
  const program = runProgram('bin/sandai.mjs', ['start', '--port=0'], env);
  running.push(program);
  const [, url = ''] = await program.said(/^Sandai runs at (http:\S+)/m);
  return { program, url };
}

test('no acknowledged command is lost or doubled when façades are killed under load', {
  timeout: 120_000,
}, async () => {
  const facades = await Promise.all([start(), start()]);
  const token = runProgram('src/main.ts', ['token', '--role', 'admin'], env);
  expect(await token.exit).toBe(0);
  let turn = 0;
  const baseUrl = () => facades[turn++ % facades.length]?.url ?? '';
  const load = await playUnderFire(baseUrl, token.output().trim(), { players: 24, scores: 40, season: 'crash' });

  await load.reached(150);
  facades[0]?.program.child.kill('SIGKILL');
  await facades[0]?.program.exit;
  facades[0] = await start();
  await load.reached(400);
  for (const { program } of facades) program.child.kill('SIGKILL');
  await Promise.all(facades.map(({ program }) => program.exit));
  facades.splice(0, 2, await start());
  await load.done;

  await checkLog((text) => database.query(text), load.acknowledged);
  const { live, rebuilt } = await rowsAfterRebuild(env, (text) => database.query(text));
  expect(live).toHaveLength(24);
  expect(live.every((row) => Number(row['score']) === (40 * 41) / 2)).toBe(true);
  expect(rebuilt).toEqual(live);
});
