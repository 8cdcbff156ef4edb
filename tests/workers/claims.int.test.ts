import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../src/event-store/sql/database.ts';
import type { Database } from '../../src/ports/database.ts';
import { type Claims, claimsOf } from '../../src/workers/claims.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let db: TestDatabase;
let database: Database;
let here: Claims;
let there: Claims;
beforeAll(async () => {
  db = await testDatabase();
  database = await openDatabase({ url: db.url, maxConnections: 4 });
  [here, there] = [claimsOf(database), claimsOf(database)];
});
afterAll(async () => {
  await database.close();
  await db.drop();
});

test('of all who ask for a job at once, on two processes, one gets it', async () => {
  const jobs = Array.from({ length: 30 }, (_, n) => `job~${n}`);
  const asked = await Promise.all(
    [...jobs, ...jobs].flatMap((job) => [here, there].map(async (claims) => ({ job, taken: await claims.take(job) }))),
  );
  const winners = asked.filter(({ taken }) => taken).map(({ job }) => job);
  expect(winners.sort()).toEqual([...jobs].sort());
});

test('a job that was let go can be taken again, by anybody', async () => {
  expect(await here.take('free')).toBe(true);
  expect(await there.take('free')).toBe(false);
  await Promise.all([here.release('free'), here.release('free')]);
  expect(await there.take('free')).toBe(true);
  expect(await db.query(`select count(*) as n from job_claims where job = 'free'`)).toEqual([{ n: '1' }]);
});

test('the job of a process that died can be taken when its claim is over', async () => {
  expect(await here.take('died')).toBe(true);
  await db.query(`update job_claims set claimed_until = now() - interval '1 second' where job = 'died'`);
  expect(await there.take('died')).toBe(true);
  expect(await here.take('died')).toBe(false);
});

test('a process that was paused beyond its claim leaves the job to whoever has it now', async () => {
  const third = claimsOf(database);
  expect(await here.take('slow')).toBe(true);
  await db.query(`update job_claims set claimed_until = now() - interval '1 second' where job = 'slow'`);
  expect(await there.take('slow')).toBe(true);
  await here.release('slow');
  expect(await third.take('slow')).toBe(false);
  await there.release('slow');
  expect(await third.take('slow')).toBe(true);
});

test('everybody who asked is told when the database does not answer', async () => {
  const broken = claimsOf({
    query: async () => {
      throw new Error('away');
    },
  });
  const answers = await Promise.allSettled([broken.take('a'), broken.take('b'), broken.release('c')]);
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  await expect(broken.take('a')).rejects.toThrow('away');
});
