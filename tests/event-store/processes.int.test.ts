import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compiled } from '../support/compiled.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import type { WorkerLine, WorkerTask } from './append-worker.ts';
import { newStream } from './contract.ts';
import { checkedLog } from './whole-log.ts';

const script = fileURLToPath(new URL('./append-worker.ts', import.meta.url));
const streamsOfWorker = 17;

let database: TestDatabase;
const children: ChildProcess[] = [];
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  for (const child of children) if (child.exitCode === null) child.kill('SIGKILL');
  await database.drop();
});

type Worker = { sent: Set<string>; acknowledged: Set<string>; errors: string; ended: Promise<number | null> };

/** @param killAfter acknowledgements after which the process is killed */
function startWorker(task: WorkerTask, killAfter = Number.POSITIVE_INFINITY): Worker {
  const child = spawn(process.execPath, [compiled(script), JSON.stringify(task)]);
  children.push(child);
  const worker: Worker = {
    sent: new Set(),
    acknowledged: new Set(),
    errors: '',
    ended: new Promise((resolve) => child.once('close', resolve)),
  };
  child.stderr.on('data', (text) => {
    worker.errors += text;
  });
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = JSON.parse(text) as WorkerLine;
    if ('sent' in line) worker.sent.add(line.sent);
    else worker.acknowledged.add(line.acknowledged);
    if (worker.acknowledged.size >= killAfter) child.kill('SIGKILL');
  });
  return worker;
}

test('eight processes share a hot stream, and one that is killed loses nothing that it acknowledged', async () => {
  const hot = newStream('hot');
  const workers = Array.from({ length: 7 }, () => startWorker({ url: database.url, hot, count: 9 }));
  const victim = startWorker({ url: database.url, hot, count: 100_000 }, 80);
  for (const worker of workers) {
    expect(await worker.ended, worker.errors).toBe(0);
    expect(worker.acknowledged.size).toBe(streamsOfWorker * 9);
  }
  expect(await victim.ended).toBeNull();
  expect(victim.acknowledged.size).toBeGreaterThanOrEqual(80);

  const log = await checkedLog(database);
  const written = new Set(log.map((row) => row.event_id));
  for (const { acknowledged } of [...workers, victim])
    expect([...acknowledged].filter((id) => !written.has(id))).toEqual([]);
  const ofOthers = new Set(workers.flatMap(({ acknowledged }) => [...acknowledged]));
  const unacknowledged = [...written].filter((id) => !ofOthers.has(id) && !victim.acknowledged.has(id));
  expect(unacknowledged.length).toBeLessThanOrEqual(streamsOfWorker);
  expect(unacknowledged.filter((id) => !victim.sent.has(id))).toEqual([]);
  expect(log.filter((row) => row.stream_id === hot).length).toBeGreaterThanOrEqual(7 * 9);
});
