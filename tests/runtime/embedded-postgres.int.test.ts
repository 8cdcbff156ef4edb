import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import {
  type EmbeddedPostgres,
  openEmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../src/embedded-postgres/index.ts';
import { processIdentity } from '../../src/platform/process-lock.mjs';
import { openFolder, query, runProgram } from './processes.ts';

const servers: EmbeddedPostgres[] = [];
const asRoot = process.getuid?.() === 0;

afterEach(async () => {
  // all are stopped before files go: two may have run on the same directory, one after the other
  const ended = servers.splice(0);
  for (const server of ended) await server.stop();
  for (const server of ended) await server.destroy();
});

async function start(dataDir: string, lines: string[] = []): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, log: (line) => lines.push(line) });
  servers.push(server);
  return server;
}

const message = (work: Promise<unknown>) =>
  work.then(
    () => 'no error',
    (error: Error) => error.message,
  );

test('data survives a stop and a start, under the same URLs', async () => {
  const dataDir = openFolder();
  const first = await start(dataDir);
  await query(first.ownerUrl, 'create table kept (n int); insert into kept values (7)');
  await first.stop();
  expect(processIdentity(first.pid()!)).toBeUndefined();
  const second = await start(dataDir);
  expect(second.ownerUrl).toBe(first.ownerUrl);
  expect(await query(second.ownerUrl, 'select n from kept')).toEqual([{ n: 7 }]);
});

test('durability settings are the safe defaults of PostgreSQL, and text is UTF-8 in C order', async () => {
  const server = await start(openFolder());
  const settings = ['fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums', 'server_encoding', 'TimeZone'];
  const rows = await query<{ v: string }>(
    server.ownerUrl,
    `select ${settings.map((name) => `current_setting('${name}')`).join(` || ' ' || `)} as v`,
  );
  expect(rows[0]?.v).toBe('on on on on UTF8 UTC');
  expect(await query(server.ownerUrl, 'select datcollate from pg_database where datname = current_database()')).toEqual(
    [{ datcollate: 'C' }],
  );
});

test.runIf(process.platform === 'linux')('a statement works in memory that the one before it had', async () => {
  const server = await start(openFolder());
  const client = new pg.Client({ connectionString: server.ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query('select pg_backend_pid() as pid');
    const pageFaults = () => Number(readFileSync(`/proc/${rows[0].pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[7]);
    const read = () => client.query("select count(*) from string_to_array(repeat('a,', 100000), ',')");
    await read();
    const before = pageFaults();
    for (let nth = 0; nth < 10; nth += 1) await read();
    expect(pageFaults() - before).toBeLessThan(100);
  } finally {
    await client.end();
  }
});

test('neither role is a superuser, the application cannot make tables, and nobody gets in without a password', async () => {
  const server = await start(openFolder());
  const roles = await query(
    server.appUrl,
    `select rolname from pg_roles where rolname like 'sandai%' and (rolsuper or rolcreatedb or rolcreaterole)`,
  );
  expect(roles).toEqual([{ rolname: 'sandai_admin' }]);
  expect(await message(query(server.appUrl, 'create table x (n int)'))).toMatch(/permission denied/);
  expect(await message(query(server.superuserUrl.replace(/:[0-9a-f]{48}@/, ':wrong@'), 'select 1'))).toMatch(
    /password authentication failed/,
  );
});

test('the passwords are readable by nobody else', async () => {
  const dataDir = openFolder();
  await start(dataDir);
  expect(statSync(join(dataDir, 'embedded-postgres.json')).mode & 0o777).toBe(0o600);
});

test('a server that is killed is started again on the same port', async () => {
  const lines: string[] = [];
  const server = await start(openFolder(), lines);
  await query(server.ownerUrl, 'create table kept (n int); insert into kept values (7)');
  const killed = server.pid()!;
  process.kill(killed, 'SIGKILL');
  // the new server may answer before its starter has heard that it does
  while (server.pid() === killed) await query(server.ownerUrl, 'select 1', true);
  expect(await query(server.ownerUrl, 'select n from kept', true)).toEqual([{ n: 7 }]);
  expect(lines).toEqual(['PostgreSQL ended unexpectedly (SIGKILL); it is started again.']);
});

test('stopping while a killed server is being started again ends the new one too', async () => {
  let restarting = () => {};
  const restarted = new Promise<void>((resolve) => {
    restarting = resolve;
  });
  const server = await startEmbeddedPostgres({ dataDir: openFolder(), log: () => restarting() });
  servers.push(server);
  const killed = server.pid()!;
  process.kill(killed, 'SIGKILL');
  await restarted;
  await server.stop();
  expect(server.pid()).not.toBe(killed);
  expect(processIdentity(server.pid()!)).toBeUndefined();
  expect(existsSync(join(server.cluster, 'postmaster.pid'))).toBe(false);
});

test('a second start on the same directory is refused with one line, and leaves the first one alone', async () => {
  const dataDir = openFolder();
  const server = await start(dataDir);
  expect(await message(startEmbeddedPostgres({ dataDir, log: () => undefined }))).toBe(
    `The data directory ${dataDir} is in use by process ${process.pid}: stop that one first, or choose another with --data-dir.`,
  );
  expect(await query(server.appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a command beside a running server uses it and leaves it running', async () => {
  const dataDir = openFolder();
  const server = await start(dataDir);
  const beside = await openEmbeddedPostgres({ dataDir, log: () => undefined });
  expect(beside.appUrl).toBe(server.appUrl);
  await beside.stop();
  expect(await query(server.appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('the server that a killed process left behind is stopped, which is said, and its data is there', async () => {
  const dataDir = openFolder();
  const parent = runProgram('tests/runtime/fixtures/run-embedded.ts', [dataDir]);
  const { pid, url } = JSON.parse((await parent.said(/\{.*\}/))[0]) as { pid: number; url: string };
  await query(url, 'create table kept (n int); insert into kept values (7)');
  parent.child.kill('SIGKILL');
  await parent.exit;
  expect(processIdentity(pid)).toBeDefined();
  const lines: string[] = [];
  const server = await start(dataDir, lines);
  expect(lines).toEqual([`A PostgreSQL that an earlier run left behind (pid ${pid}) is stopped first.`]);
  expect(processIdentity(pid)).toBeUndefined();
  expect(await query(server.superuserUrl, 'select n from kept')).toEqual([{ n: 7 }]);
});

test('a process that ends without stopping its server does not leave it behind', async () => {
  const dataDir = openFolder();
  const parent = runProgram('tests/runtime/fixtures/run-embedded.ts', [dataDir, 'exit']);
  const { pid } = JSON.parse((await parent.said(/\{.*\}/))[0]) as { pid: number };
  parent.child.stdin?.end();
  await parent.exit;
  await expect.poll(() => processIdentity(pid), { timeout: 10_000 }).toBeUndefined();
  await start(dataDir);
});

test('a postmaster.pid whose number belongs to another program now does not keep the server from starting', async () => {
  const dataDir = openFolder();
  const first = await start(dataDir);
  const pidFile = join(first.cluster, 'postmaster.pid');
  const content = readFileSync(pidFile, 'utf8').split('\n');
  const { uid, gid } = statSync(pidFile);
  await first.stop();
  writeFileSync(pidFile, [String(process.pid), ...content.slice(1)].join('\n'));
  if (asRoot) chownSync(pidFile, uid, gid);
  const lines: string[] = [];
  await start(dataDir, lines);
  expect(lines).toEqual([]);
});

test.skipIf(process.platform !== 'linux')(
  'the server has a process group of its own, so that Ctrl-C does not reach it',
  async () => {
    const server = await start(openFolder());
    const stat = readFileSync(`/proc/${server.pid()}/stat`, 'utf8');
    const [, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    expect(Number(group)).toBe(server.pid());
  },
);

test('a data directory that lost its passwords is not started over', async () => {
  const dataDir = openFolder();
  const server = await start(dataDir);
  await server.stop();
  renameSync(join(dataDir, 'embedded-postgres.json'), join(dataDir, 'elsewhere.json'));
  expect(await message(startEmbeddedPostgres({ dataDir, log: () => undefined }))).toMatch(
    /passwords .* are missing: restore that file/,
  );
  renameSync(join(dataDir, 'elsewhere.json'), join(dataDir, 'embedded-postgres.json'));
  expect(await message(start(dataDir))).toBe('no error');
});

test('files of another major version are refused', async () => {
  const dataDir = openFolder();
  const server = await start(dataDir);
  await server.stop();
  writeFileSync(join(server.cluster, 'PG_VERSION'), '17\n');
  expect(await message(startEmbeddedPostgres({ dataDir, log: () => undefined }))).toMatch(
    /made by PostgreSQL 17 and this release brings 18/,
  );
});

test('an initdb that was interrupted is done again', async () => {
  const dataDir = openFolder();
  mkdirSync(join(dataDir, 'postgres.new', 'data'), { recursive: true });
  expect(await message(start(dataDir))).toBe('no error');
  expect(existsSync(join(dataDir, 'postgres.new'))).toBe(false);
});

test.runIf(asRoot)(
  'as root in a directory that is closed to others the files go where the user that runs PostgreSQL can go',
  async () => {
    const closed = openFolder();
    chmodSync(closed, 0o700);
    const dataDir = join(closed, 'checkout', '.sandai');
    const lines: string[] = [];
    const first = await start(dataDir, lines);
    expect(first.cluster.startsWith(closed)).toBe(false);
    expect(lines).toEqual([
      `The database's files are in ${join(first.cluster, '..')}, because PostgreSQL's user cannot enter ${dataDir}.`,
    ]);
    expect(statSync(first.cluster).uid).not.toBe(0);
    expect(statSync(closed).mode & 0o777).toBe(0o700);
    expect(readFileSync(join(dataDir, 'WHERE-IS-THE-DATABASE.txt'), 'utf8')).toContain(join(first.cluster, '..'));
    await query(first.ownerUrl, 'create table kept (n int)');
    await first.stop();
    const again = await start(dataDir);
    expect(again.cluster).toBe(first.cluster);
    expect(await query(again.ownerUrl, 'select n from kept')).toEqual([]);
  },
);

test.runIf(asRoot)('a copy of such a data directory is refused instead of sharing its database', async () => {
  const closed = openFolder();
  chmodSync(closed, 0o700);
  const original = join(closed, 'original');
  const server = await start(original);
  await server.stop();
  const copy = join(closed, 'copy');
  cpSync(original, copy, { recursive: true });
  expect(await message(startEmbeddedPostgres({ dataDir: copy, log: () => undefined }))).toMatch(
    /is a copy: its database .* belongs to/,
  );
  renameSync(original, join(closed, 'moved'));
  rmSync(copy, { recursive: true });
  const moved = await start(join(closed, 'moved'));
  expect(moved.cluster).toBe(server.cluster);
});
