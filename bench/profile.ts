import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HttpQuestion } from './cases/http.child.ts';
import { startChild } from './harness/child.ts';
import { readCpuProfile, type Share } from './harness/cpu-profile.ts';
import type { Load } from './harness/load.ts';
import { openSeason, startMeasuredServer } from './harness/sandai-server.ts';
import { startBenchServer } from './harness/server.ts';

const kinds = ['scores', 'sign-in'] as const;
const season = 'profile';

const print = (title: string, shares: readonly Share[], most: number) => {
  console.log(`\n${title}`);
  for (const { place, percent } of shares.slice(0, most)) console.log(`${percent.toFixed(1).padStart(6)} %  ${place}`);
};

/** Shows where the server spends its time under a load: `node --import tsx bench/profile.ts scores|sign-in [connections]`. */
async function main(): Promise<void> {
  const [kind = 'scores', connections = '256'] = process.argv.slice(2);
  if (!kinds.some((known) => known === kind)) throw new Error(`say ${kinds.join(' or ')}, not "${kind}"`);
  const directory = mkdtempSync(join(tmpdir(), 'sandai-profile-'));
  const databaseServer = await startBenchServer(process.env['BENCH_DATABASE_URL'] || undefined);
  try {
    const server = await startMeasuredServer(await databaseServer.migrated(), [
      '--cpu-prof',
      `--cpu-prof-dir=${directory}`,
    ]);
    const load = startChild(new URL('./cases/http.child.ts', import.meta.url));
    const question = { url: server.url, connections: Number(connections), warmUpMs: 2_000, durationMs: 10_000 };
    await openSeason(server, season);
    await load.ask({ ...question, kind: 'players', count: 5_000 } satisfies HttpQuestion);
    const cpuBefore = await server.cpuSeconds();
    const { perSecond, p99Ms } = await load.ask<Load>({ ...question, kind, season });
    const cpuMicros =
      (1e6 * ((await server.cpuSeconds()) - cpuBefore)) /
      ((perSecond * (question.durationMs + question.warmUpMs)) / 1000);
    await load.stop();
    await server.stop();
    const { busyPercent, parts, functions } = readCpuProfile(directory);
    console.log(
      `${kind}: ${Math.round(perSecond)}/s, p99 ${p99Ms} ms, about ${cpuMicros.toFixed(0)} µs of the server's processor time each, busy ${busyPercent.toFixed(0)} % of its life`,
    );
    print('share of the busy time by part', parts, 25);
    print('by function', functions, 40);
  } finally {
    await databaseServer.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

await main();
