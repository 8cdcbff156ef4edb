import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readPostmaster } from '../../src/embedded-postgres/postmaster.ts';
import { processIdentity } from '../../src/platform/process-lock.mjs';
import { openFolder, type Program, root, runProgram, sandai } from './processes.ts';

const running: Program[] = [];

afterEach(async () => {
  for (const { child, exit } of running.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await exit;
  }
});

function start(folder: string, args: string[] = ['--port=0'], env: NodeJS.ProcessEnv = {}): Program {
  const program = runProgram(sandai, ['start', '--data-dir', folder, ...args], env);
  running.push(program);
  return program;
}

/** Of all tests that do not need one of their own, one after the other, as a user's lives through many starts: making a database takes longer
 *  than all else of a start. */
const dataDir = openFolder();

const ready = (program: Program) => program.said(/^Sandai runs at (http:\S+)/m).then(([, url]) => url!);
const lines = (text: string) => text.trim().split('\n');

async function takenPort() {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

test('start says in at most 12 lines where everything is, and never shows a token', async () => {
  const program = start(dataDir);
  const url = await ready(program);
  await program.said(/npx sandai token --role admin/);
  const shown = lines(program.output() + program.errors());
  expect(shown.length).toBeLessThanOrEqual(12);
  expect(shown.filter((line) => line.includes('curl '))).toHaveLength(3);
  for (const part of [`${url}/docs`, 'embedded PostgreSQL on port', dataDir]) expect(program.output()).toContain(part);
  expect(program.output()).not.toMatch(/eyJ|sk_|Bearer [^$]/);
  expect((await fetch(`${url}/no-such-address`)).status).toBe(404);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} ends everything, the database last, with exit code 0`, async () => {
    const program = start(dataDir);
    const url = await ready(program);
    program.child.kill(signal);
    expect(await program.exit).toBe(0);
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
    expect(readFileSync(join(dataDir, 'logs', 'postgres.log'), 'utf8')).toMatch(/database system is shut down\n$/);
    await expect(fetch(url)).rejects.toThrow();
  });
}

test('a signal during the start ends it, and nothing stays behind', async () => {
  const fresh = openFolder();
  const program = start(fresh);
  await expect.poll(() => existsSync(join(fresh, 'lock')), { timeout: 20_000, interval: 5 }).toBe(true);
  program.child.kill('SIGINT');
  expect([0, 130]).toContain(await program.exit);
  expect(readPostmaster(join(fresh, 'postgres'))).toBeUndefined();
  expect(program.output()).toBe('');
});

test.skipIf(process.platform === 'win32')(
  'a kill of npm, whose shell passes no signal on, ends everything',
  async () => {
    const command = `"${process.execPath}" ${sandai} start --port=0 --data-dir "${dataDir}"; true`;
    const shell = spawn('sh', ['-c', command], {
      cwd: root,
      env: { ...process.env, npm_lifecycle_event: 'start', DATABASE_URL: '' },
    });
    await once(shell.stdout, 'data');
    const server = readPostmaster(join(dataDir, 'postgres'))!.pid;
    shell.kill('SIGTERM');
    await expect.poll(() => existsSync(join(dataDir, 'lock')), { timeout: 20_000 }).toBe(false);
    expect(processIdentity(server)).toBeUndefined();
  },
);

test('after a kill -9 the next start says that it stopped the database left behind', async () => {
  const first = start(dataDir);
  await ready(first);
  const left = readPostmaster(join(dataDir, 'postgres'))!.pid;
  first.child.kill('SIGKILL');
  await first.exit;
  const second = start(dataDir);
  await ready(second);
  expect(second.errors().trim()).toBe(`A PostgreSQL that an earlier run left behind (pid ${left}) is stopped first.`);
  expect(processIdentity(left)).toBeUndefined();
});

test('a second start on the same data directory gives one line and leaves the first one running', async () => {
  const first = start(dataDir);
  const url = await ready(first);
  const second = start(dataDir);
  expect(await second.exit).toBe(1);
  expect(lines(second.errors())).toEqual([
    `sandai: The data directory ${dataDir} is in use by process ${first.child.pid}: stop that one first, or choose another with --data-dir.`,
  ]);
  expect((await fetch(`${url}/no-such-address`)).status).toBe(404);
});

test('a taken port gives one line, and the database does not stay behind', async () => {
  const { port, close } = await takenPort();
  const program = start(dataDir, [`--port=${port}`]);
  expect(await program.exit).toBe(1);
  close();
  expect(lines(program.errors())).toEqual([
    `sandai: Port ${port} on 127.0.0.1 is taken: end the program that has it, or choose another with --port.`,
  ]);
  expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
});

test('broken settings give a line each before anything is started', async () => {
  const absent = openFolder();
  rmSync(absent, { recursive: true });
  const program = start(absent, ['--port=high', '--store.lanes=0'], { SANDAI_LOG_LEVEL: 'loud' });
  expect(await program.exit).toBe(1);
  expect(lines(program.errors()).map((line) => line.split(':')[1])).toEqual([
    ' http.port (flag --port)',
    ' store.lanes (flag --store.lanes)',
    ' log.level (environment SANDAI_LOG_LEVEL)',
  ]);
  expect(existsSync(absent)).toBe(false);
});

test('an external database that does not answer gives one line without its password', async () => {
  const program = start(openFolder(), ['--port=0'], { DATABASE_URL: 'postgres://sandai:hunter2@127.0.0.1:1/sandai' });
  expect(await program.exit).toBe(1);
  expect(lines(program.errors())).toEqual([
    expect.stringMatching(/^sandai: Cannot connect to the database \(sandai at 127/),
  ]);
  expect(program.errors()).not.toContain('hunter2');
});

test.skipIf(process.platform === 'win32')(
  'SIGHUP takes up keys and settings, says which, and ends nothing',
  async () => {
    const config = join(dataDir, 'settings.json');
    const keysFile = join(dataDir, 'keys.json');
    const logged = () =>
      readFileSync(join(dataDir, 'logs', 'sandai.log'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    const told = (message: string | RegExp, fields: object) =>
      expect
        .poll(logged, { timeout: 20_000, interval: 20 })
        .toContainEqual(expect.objectContaining({ msg: expect.stringMatching(message), ...fields }));
    writeFileSync(config, '{"rateLimit":{"anonymousPerMinute":150}}');
    const program = start(dataDir, ['--port=0', `--config=${config}`]);
    const url = await ready(program);
    const limit = async () => (await fetch(`${url}/v1/seasons`)).headers.get('ratelimit-limit');
    expect(await limit()).toBe('150');

    writeFileSync(config, '{"rateLimit":{"anonymousPerMinute":90},"log":{"level":"debug"},"reads":{"maxWaitMs":7}}');
    const keys = JSON.parse(readFileSync(keysFile, 'utf8'));
    const pspSecrets = [{ tenant: 'default', secret: 'a-secret-of-a-provider' }];
    writeFileSync(keysFile, JSON.stringify({ ...keys, pspSecrets }), { mode: 0o600 });
    program.child.kill('SIGHUP');
    await told(/^settings were read again$/, { changed: ['rateLimit.anonymousPerMinute', 'log.level'] });
    await told(/after a restart only$/, { needRestart: ['reads.maxWaitMs'] });
    await told(/^keys changed$/, { changed: ['pspSecrets'] });
    expect(await limit()).toBe('90');

    writeFileSync(config, '{"rateLimit":{"anonymousPerMinute":"many"}}');
    program.child.kill('SIGHUP');
    await told(/the old ones stay$/, { problem: expect.stringContaining('rateLimit.anonymousPerMinute') });
    await told(/none changed$/, { source: 'files' });
    expect(await limit()).toBe('90');
    expect(JSON.stringify(logged())).not.toContain('a-secret-of-a-provider');
    program.child.kill('SIGTERM');
    expect(await program.exit).toBe(0);
  },
);
