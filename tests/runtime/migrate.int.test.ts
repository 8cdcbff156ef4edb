import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DatabaseUrls, type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/embedded-postgres/index.ts';
import { connect, grantTable, migrate } from '../../src/migrate/index.ts';
import { MigrationLeaseLost, withMigrationLease } from '../../src/migrate/lease.ts';
import { openFolder, query, runProgram } from './processes.ts';

let server: EmbeddedPostgres;
let databases = 0;

beforeAll(async () => {
  server = await startEmbeddedPostgres({ dataDir: openFolder(), log: () => undefined });
});
afterAll(() => server?.destroy());

const freshDatabase = (): Promise<DatabaseUrls> => {
  databases += 1;
  return server.createDatabase(`migrate_${databases}`);
};

const first = { '0001_first': '-- compatible: one table\ncreate table first (n int);\ninsert into first values (1);' };
const second = { '0002_second': 'create table second (n int); alter table first add column m int;' };

function folder(files: Record<string, string>): string {
  const directory = mkdtempSync(join(tmpdir(), 'sandai-migrations-'));
  for (const [name, sql] of Object.entries(files)) writeFileSync(join(directory, `${name}.sql`), sql);
  return directory;
}

const run = (migrationUrl: string, files: Record<string, string>) =>
  migrate({ migrationUrl, directory: folder(files), log: () => undefined });

const reason = (work: Promise<unknown>) =>
  work.then(
    () => 'no error',
    (error: Error) => error.message,
  );

test('applies what is missing, in order, and nothing twice', async () => {
  const { ownerUrl } = await freshDatabase();
  expect((await run(ownerUrl, first)).applied).toEqual(['0001_first']);
  expect((await run(ownerUrl, { ...first, ...second })).applied).toEqual(['0002_second']);
  expect((await run(ownerUrl, { ...first, ...second })).applied).toEqual([]);
  expect(await query(ownerUrl, 'select n, m from first')).toEqual([{ n: 1, m: null }]);
});

test('of eight processes that start at once on an empty database each migration is applied by one', async () => {
  const { ownerUrl } = await freshDatabase();
  const directory = folder({ ...first, ...second });
  const programs = Array.from({ length: 8 }, () =>
    runProgram('tests/runtime/fixtures/run-migrate.ts', [ownerUrl, directory]),
  );
  const exits = await Promise.all(programs.map(({ exit }) => exit));
  expect(exits, programs.map(({ errors }) => errors()).join('')).toEqual(Array(8).fill(0));
  expect(programs.flatMap(({ output }) => JSON.parse(output()) as string[]).sort()).toEqual([
    '0001_first',
    '0002_second',
  ]);
  expect(await query(ownerUrl, 'select n from first')).toEqual([{ n: 1 }]);
});

test('a process that died while it migrated is taken over when its lease ran out', async () => {
  const { ownerUrl } = await freshDatabase();
  await run(ownerUrl, first);
  await query(
    ownerUrl,
    `insert into migration_lease (name, owner, lease_until) values ('schema', 'dead', clock_timestamp() + interval '700 milliseconds')`,
  );
  const lines: string[] = [];
  const result = await migrate({
    migrationUrl: ownerUrl,
    directory: folder({ ...first, ...second }),
    log: (line) => lines.push(line),
  });
  expect(result.applied).toEqual(['0002_second']);
  expect(lines).toEqual([
    'Another process is migrating the database; waiting for it.',
    'Applied migration 0002_second.',
  ]);
});

test('a process that lost its lease is stopped before it changes anything', async () => {
  const { ownerUrl } = await freshDatabase();
  const client = await connect(ownerUrl);
  const work = withMigrationLease(
    ownerUrl,
    10_000,
    () => undefined,
    async (lease) => {
      await lease.check(client);
      await query(ownerUrl, `update migration_lease set owner = 'another process'`);
      await lease.check(client);
    },
  );
  await expect(work).rejects.toThrow(MigrationLeaseLost);
  expect(await query(ownerUrl, 'select owner from migration_lease')).toEqual([{ owner: 'another process' }]);
  await client.end();
});

test('a lease is renewed while the work takes longer than it lasts', async () => {
  const { ownerUrl } = await freshDatabase();
  const until = async () =>
    (await query<{ u: string }>(ownerUrl, 'select lease_until::text as u from migration_lease'))[0]!.u;
  await withMigrationLease(
    ownerUrl,
    300,
    () => undefined,
    async () => {
      const before = await until();
      await expect.poll(until, { timeout: 10_000 }).not.toBe(before);
    },
  );
  expect(await query(ownerUrl, 'select owner from migration_lease')).toEqual([]);
});

test('a migration that fails is rolled back as a whole, the ones before it stay, and the message is the database’s', async () => {
  const { ownerUrl } = await freshDatabase();
  const broken = { '0002_broken': 'create table half (n int); select nothing_like_this();' };
  expect(await reason(run(ownerUrl, { ...first, ...broken }))).toMatch(
    /failed and was rolled back: function nothing_like_this\(\) does not exist/,
  );
  expect(
    await query(ownerUrl, `select table_name from information_schema.tables where table_name in ('first', 'half')`),
  ).toEqual([{ table_name: 'first' }]);
  expect((await run(ownerUrl, { ...first, ...second })).applied).toEqual(['0002_second']);
});

test('a database that is newer than the code is refused', async () => {
  const { ownerUrl } = await freshDatabase();
  await run(ownerUrl, { ...first, ...second });
  expect(await reason(run(ownerUrl, first))).toMatch(/newer than this release: it has the migration 0002_second/);
});

test('a database that does not answer is named without its password', async () => {
  const said = await reason(run('postgres://sandai:hunter2@127.0.0.1:1/sandai', first));
  expect(said).toMatch(/Cannot connect to the database \(sandai at 127.0.0.1:1\/sandai\)/);
  expect(said).not.toContain('hunter2');
});

test('after the migrations of this release the application cannot rewrite the log, and can do its work', async () => {
  const { appUrl, ownerUrl } = await freshDatabase();
  const { warnings } = await migrate({ migrationUrl: ownerUrl, appRole: 'sandai_app', log: () => undefined });
  expect(warnings).toEqual([]);
  for (const statement of [
    'update events set type = type',
    'delete from events',
    'truncate events',
    'update sandai_outbox set type = type',
    'delete from log_partitions',
    'drop table events',
  ]) {
    expect([statement, await reason(query(appUrl, statement))]).toEqual([
      statement,
      expect.stringMatching(/permission denied|must be owner/),
    ]);
  }
  for (const statement of [
    'select * from events',
    'update log_partitions set position = position',
    'delete from idempotency_keys',
    'select name from pgmigrations',
  ]) {
    expect([statement, await reason(query(appUrl, statement))]).toEqual([statement, 'no error']);
  }
});

test('privileges that are too many are taken away, and those that fit are left alone', async () => {
  const { appUrl, ownerUrl } = await freshDatabase();
  const options = { migrationUrl: ownerUrl, appRole: 'sandai_app', log: () => undefined };
  await migrate(options);
  await query(ownerUrl, 'grant update, truncate on events to sandai_app');
  const before = await query(ownerUrl, `select xmin::text from pg_class where relname = 'idempotency_keys'`);
  await migrate(options);
  expect(await reason(query(appUrl, 'update events set type = type'))).toMatch(/permission denied/);
  expect(await query(ownerUrl, `select xmin::text from pg_class where relname = 'idempotency_keys'`)).toEqual(before);
});

test('a table made later is granted on its own', async () => {
  const { appUrl, ownerUrl } = await freshDatabase();
  await query(ownerUrl, 'create table read_model (n int)');
  const client = await connect(ownerUrl);
  await grantTable(client, 'sandai_app', 'read_model');
  expect(await reason(grantTable(client, 'sandai_app', 'no_such_table'))).toBe(
    'There is no table no_such_table to grant.',
  );
  await client.end();
  expect(await reason(query(appUrl, 'insert into read_model values (1)'))).toBe('no error');
});

test('one role for everything gives a warning, and so does an application that is superuser', async () => {
  const { ownerUrl } = await freshDatabase();
  const { warnings } = await migrate({ migrationUrl: ownerUrl, log: () => undefined });
  expect(warnings).toEqual([expect.stringMatching(/"sandai_owner" can change and delete events/)]);
  const superuser = await migrate({ migrationUrl: ownerUrl, appRole: 'sandai_admin', log: () => undefined });
  expect(superuser.warnings).toEqual([expect.stringMatching(/"sandai_admin" can change and delete events/)]);
});
