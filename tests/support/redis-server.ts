import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether this machine has a redis-server. Where continuous integration has none, its tests fail; elsewhere they say that they are left out. */
export const hasRedis = (() => {
  const there = spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;
  if (!there && process.env['CI'] !== 'true')
    console.warn(
      'The tests with Redis are left out: there is no redis-server here (Debian: apt-get install redis-server).',
    );
  return there || process.env['CI'] === 'true';
})();

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

async function run(port: number, directory: string): Promise<ChildProcess> {
  const child = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', directory],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await new Promise<void>((resolve, reject) => {
    let told = '';
    child.stdout!.on('data', (chunk) => {
      told += chunk;
      if (told.includes('Ready to accept connections')) resolve();
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}: ${told}`)));
  });
  return child;
}

/** A Redis of a test file's own, on a free port of this machine, that keeps nothing on disk. */
export async function startRedis() {
  const directory = mkdtempSync(join(tmpdir(), 'sandai-redis-'));
  const port = await freePort();
  let child: ChildProcess | null = await run(port, directory);
  const stop = async () => {
    if (child === null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    child = null;
    await ended;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    /** Ends it as a crash would; everything in it is gone. */
    stop,
    async restart() {
      await stop();
      child = await run(port, directory);
    },
    async end() {
      await stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
export type TestRedis = Awaited<ReturnType<typeof startRedis>>;
