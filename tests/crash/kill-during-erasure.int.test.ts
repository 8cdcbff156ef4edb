import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, until } from '../http/support.ts';
import { type Program, runProgram } from '../runtime/processes.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
let env: NodeJS.ProcessEnv;
const running: Program[] = [];

beforeAll(async () => {
  database = await testDatabase();
  env = {
    DATABASE_URL: database.url,
    DATABASE_MIGRATION_URL: database.ownerUrl,
    SANDAI_DATA_DIR: mkdtempSync(join(tmpdir(), 'sandai-erasure-')),
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

/** Players in some state of an erasure, by what the database says of them. */
const unfinished = `select o.data ->> 'playerId' as player from events o where o.type = 'PersonalDataErasureRequested' and (
  not exists (select 1 from events e where e.stream_id = o.stream_id and e.type = 'PersonalDataErased')
  or exists (select 1 from data_keys k where k.player_id = o.data ->> 'playerId' and k.wrapped_key is not null)
  or exists (select 1 from idempotency_keys i where i.player_id = o.data ->> 'playerId')
  or exists (select 1 from events a where a.type = 'PlayerAuthenticated' and a.data ->> 'playerId' = o.data ->> 'playerId'
             and not exists (select 1 from events r where r.stream_id = a.stream_id and r.type = 'SessionRevoked')))`;
const told = `select data ->> 'playerId' as player, count(*)::int as times from events where type = 'PersonalDataErased' group by 1`;

test('every erasure that was answered is finished after its process was killed, and told once', {
  timeout: 120_000,
}, async () => {
  const doomed = await start();
  const players = await Promise.all(
    Array.from({ length: 40 }, async () => {
      const body = { device_id: `device-${randomUUID()}` };
      const signedIn = await call(doomed.url, '/v1/auth/device', { body, key: randomUUID() });
      const token: string = signedIn.body.session_token;
      await call(doomed.url, '/v1/profile', { method: 'PATCH', body: { display_name: 'Gone' }, token });
      return { id: signedIn.body.player_id as string, token };
    }),
  );
  const answered: string[] = [];
  const asked = players.map(async ({ id, token }) => {
    const { status } = await call(doomed.url, `/v1/players/${id}/personal-data`, { method: 'DELETE', token });
    if (status !== 202) return;
    answered.push(id);
    if (answered.length === 5) doomed.program.child.kill('SIGKILL');
  });
  await Promise.allSettled(asked);
  await doomed.program.exit;
  expect(answered.length).toBeGreaterThanOrEqual(5);

  await start();
  await until(
    () => database.query(unfinished),
    (rows) => rows.length === 0,
  );
  const erased = await database.query(told);
  for (const id of answered) expect(erased).toContainEqual({ player: id, times: 1 });
  expect(erased.every(({ times }) => times === 1)).toBe(true);
});
