import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readPostmaster } from '../../src/embedded-postgres/postmaster.ts';
import { readState } from '../../src/embedded-postgres/state.ts';
import { names, urlsOf } from '../../src/embedded-postgres/urls.ts';
import { openFolder, type Program, query, runProgram, sandai } from '../runtime/processes.ts';
import { checkLog, playUnderFire } from './load.ts';
import { rowsAfterRebuild } from './rebuilt.ts';

const dataDir = openFolder();
const env: NodeJS.ProcessEnv = {
  SANDAI_DATA_DIR: dataDir,
  SANDAI_RATE_LIMIT_ANONYMOUS_PER_MINUTE: '1000000',
  SANDAI_RATE_LIMIT_SIGNED_IN_PER_MINUTE: '1000000',
  SANDAI_RATE_LIMIT_DEVICE_PER_HOUR: '1000000',
  SANDAI_RATE_LIMIT_NEW_PLAYERS_PER_HOUR: '1000000',
};
const running: Program[] = [];
afterAll(async () => {
  for (const { child, exit } of running) {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await exit;
  }
});

async function start(): Promise<{ program: Program; url: string }> {
  const program = runProgram(sandai, ['start', '--port=0'], env);
  running.push(program);
  const [, url = ''] = await program.said(/^Sandai runs at (http:\S+)/m);
  return { program, url };
}
const cluster = join(dataDir, 'postgres');
const rows = (text: string) => {
  const state = readState(dataDir);
  if (state === undefined || state.port === null) throw new Error('the data directory has no database');
  return query<Record<string, unknown>>(urlsOf(state, state.port, names.database).superuserUrl, text, true);
};
const killDatabase = () => {
  const postmaster = readPostmaster(cluster);
  if (postmaster === undefined) throw new Error('the database is not running');
  process.kill(postmaster.pid, 'SIGKILL');
};

test('no acknowledged command is lost or doubled when the database is killed, then everything', {
  timeout: 120_000,
}, async () => {
  let facade = await start();
  const token = runProgram(sandai, ['token', '--role', 'admin'], env);
  expect(await token.exit).toBe(0);
  const load = await playUnderFire(() => facade.url, token.output().trim(), {
    players: 16,
    scores: 40,
    season: 'crash',
  });

  await load.reached(120);
  killDatabase();
  await load.reached(300);
  killDatabase();
  facade.program.child.kill('SIGKILL');
  await facade.program.exit;
  facade = await start();
  await load.done;

  await checkLog(rows, load.acknowledged);
  const { live, rebuilt } = await rowsAfterRebuild(env, rows);
  expect(live).toHaveLength(16);
  expect(live.every((row) => Number(row['score']) === (40 * 41) / 2)).toBe(true);
  expect(rebuilt).toEqual(live);
});
