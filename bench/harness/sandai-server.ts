import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SandaiProcess, startSandai, withoutRateLimits } from '../../demo/sandai-process.ts';
import type { BenchDatabase } from './server.ts';

export type MeasuredServer = SandaiProcess & {
  /** Bytes of memory that the process holds. */
  residentBytes(): Promise<number>;
  /** Processor time that the process has used so far. */
  cpuSeconds(): Promise<number>;
};

/** The server under test: a process of its own with default settings but for the rate limits, on a database of the run's server.
 *  @param more flags and environment of this benchmark */
export async function startMeasuredServer(
  { appUrl, ownerUrl }: BenchDatabase,
  nodeFlags: readonly string[] = [],
  more: { readonly flags?: readonly string[]; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<MeasuredServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sandai-bench-server-'));
  const server = await startSandai({
    dataDir,
    flags: [...withoutRateLimits, ...(more.flags ?? [])],
    nodeFlags,
    env: { ...more.env, DATABASE_URL: appUrl, DATABASE_MIGRATION_URL: ownerUrl },
  });
  const gauge = async (name: string): Promise<number> => {
    const text = await (await fetch(`${server.url}/metrics`)).text();
    const line = text.split('\n').find((each) => each.startsWith(`${name} `) || each.startsWith(`${name}{`));
    const value = Number(line?.split(' ').at(-1));
    if (!(value > 0)) throw new Error(`/metrics does not tell ${name}`);
    return value;
  };
  return {
    ...server,
    residentBytes: () => gauge('process_resident_memory_bytes'),
    cpuSeconds: () => gauge('process_cpu_seconds_total'),
    async stop() {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Opens a season as an operator. */
export async function openSeason(server: SandaiProcess, season: string): Promise<void> {
  const token = await server.cli('token', '--role', 'admin');
  const response = await fetch(`${server.url}/v1/seasons`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ season, operator: 'best' }),
  });
  if (response.status !== 201)
    throw new Error(`opening the season answered ${response.status}: ${await response.text()}`);
}
