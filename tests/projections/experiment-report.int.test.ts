import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepareDatabase } from '../../src/application/database.ts';
import { experimentsCommand } from '../../src/cli/experiments.ts';
import { loadSettings } from '../../src/config/settings.ts';
import { openEventStore } from '../../src/event-store/index.ts';
import { analyticsStream } from '../../src/events/analytics.ts';
import { experimentStream } from '../../src/events/experiment.ts';
import { exposureStream } from '../../src/events/exposure.ts';
import type { ExperimentId, PlayerId, TenantId } from '../../src/events/ids.ts';
import { roleOfUrl } from '../../src/migrate/index.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const appRoleOf = ({ url, ownerUrl }: TestDatabase) =>
  roleOfUrl(url) === roleOfUrl(ownerUrl) ? undefined : roleOfUrl(url);

const tenant = 'acme' as TenantId;
const directory = mkdtempSync(join(tmpdir(), 'sandai-experiments-'));
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  const roles = { ownerUrl: database.ownerUrl, appRole: appRoleOf(database) };
  await prepareDatabase({ ...roles, log: () => {} });
  await database.query("insert into tenants (tenant, client_key) values ('acme', 'ck_acme')");
});
afterAll(async () => {
  await database.drop();
  rmSync(directory, { recursive: true });
});

async function sandai(...args: string[]) {
  const lines: string[] = [];
  const flags = new Map([
    ['database.url', database.url],
    ['database.migrationUrl', database.ownerUrl],
  ]);
  const loaded = loadSettings({ flags, env: {}, cwd: directory });
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  const { settings } = loaded;
  const program = new Command('sandai').exitOverride();
  experimentsCommand(program, { settings: () => settings, out: (line) => lines.push(line), note: () => {} });
  await program.parseAsync(['experiments', ...args, '--tenant', 'acme'], { from: 'user' });
  return lines.join('\n');
}
const reported = async (...args: string[]) => JSON.parse(await sandai('report', ...args, '--json'));

function csvFile(name: string, players: number): string {
  const rows = Array.from({ length: players }, (_, n) => `${n},${n % 2 ? 'b' : 'a'},${n % 3 === 0},${n % 17}`);
  const path = join(directory, name);
  writeFileSync(path, ['userid,version,back,rounds', ...rows].join('\n'));
  return path;
}

test('a file that is imported is reported as the file itself is', async () => {
  const file = csvFile('gates.csv', 700);
  expect(await sandai('import', file, '--experiment', 'gates')).toMatch(/^gates, run 1: 700 players imported, 0 were/);
  expect(await sandai('import', file, '--experiment', 'gates')).toMatch(/^gates, run 1: 0 players imported, 700 were/);
  const [fromLog, fromFile] = [await reported('gates'), await reported('gates', '--csv', file)];
  expect(fromLog.cohorts).toEqual(fromFile.cohorts);
  expect(fromLog.sample_ratio).toEqual(fromFile.sample_ratio);
  expect(fromLog.metrics).toEqual(fromFile.metrics);
  const [{ players }] = fromLog.daily;
  expect(players).toEqual({ a: 350, b: 350 });
});

test('another import of the same players neither adds to a report nor sharpens it', async () => {
  const before = await reported('gates');
  await sandai('import', csvFile('again.csv', 700), '--experiment', 'again');
  expect(await reported('gates')).toEqual(before);
  const again = await reported('again');
  expect(again.metrics).toEqual(before.metrics);
  expect(again.metrics[1].comparisons[0].cuped).toBeUndefined();
});

const playerId = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}` as PlayerId;

/** Twelve players of each cohort, of whom all spent before and most spent after they were exposed. */
async function liveExperiment(): Promise<void> {
  const shop = 'shop' as ExperimentId;
  const log = await openEventStore({ connectionString: database.url });
  const metadata = { occurredAt: '2026-01-01T00:00:00.000Z', correlationId: 'c', actor: 'operator:eve' };
  const append = (streamId: string, events: readonly object[]) =>
    log.append({
      tenant,
      streams: [
        {
          streamId: streamId as never,
          expectedVersion: 0n,
          events: events.map((each) => ({ ...each, metadata })) as never,
        },
      ],
    });
  const definition = {
    ...{ description: '', targeting: null, layer: null, ramp: 10_000, startsAt: null, endsAt: null, control: 'old' },
    cohorts: [
      { cohort: 'old', share: 5_000 },
      { cohort: 'new', share: 5_000 },
    ],
  };
  try {
    await append(experimentStream(tenant, shop), [
      { type: 'ExperimentDefined', data: { experiment: shop, ...definition, restores: null } },
      { type: 'ExperimentStarted', data: { experiment: shop, run: 1 } },
    ]);
    const told = (n: number, at: string, id: string, spent: number, cohort: string | null) => ({
      type: 'AnalyticsCollected',
      data: {
        ...{ playerId: playerId(n), sessionId: null, receivedAt: at, sentAt: null },
        events: [
          {
            ...{ id, name: 'bought', at, deviceAt: at, measures: { spent }, properties: null },
            ...{ experiment: cohort === null ? null : shop, cohort },
          },
        ],
      },
    });
    const yesterday = new Date(Date.now() - 86_400_000).toISOString();
    const longAgo = new Date(Date.now() - 40 * 86_400_000).toISOString();
    for (let n = 0; n < 24; n += 1) {
      const cohort = n % 2 === 0 ? 'old' : 'new';
      const event = (place: number) => `${n.toString(16).padStart(8, '0')}-000${place}-4000-8000-000000000000`;
      await append(exposureStream(tenant, shop, 1, playerId(n)), [
        { type: 'ExperimentExposed', data: { experiment: shop, run: 1, playerId: playerId(n), cohort } },
      ]);
      const now = new Date().toISOString();
      await append(analyticsStream(tenant, playerId(n)), [
        told(n, longAgo, event(1), 1_000, null),
        told(n, yesterday, event(2), n, null),
        told(n, yesterday, event(2), n, null),
        ...(n < 2 ? [] : [told(n, now, event(3), n, cohort), told(n, now, event(4), (n % 4) + 1, cohort)]),
      ]);
    }
  } finally {
    await log.close();
  }
}

test('what players do counts from their exposure on; what they did in the days before makes it sharper', async () => {
  await liveExperiment();
  const report = await reported('shop');
  expect(report.cohorts.map(({ players }: { players: number }) => players)).toEqual([12, 12]);
  const [spent] = report.metrics;
  const spentBy = (start: number) => {
    const players = Array.from({ length: 12 }, (_, index) => start + 2 * index).filter((n) => n >= 2);
    return players.reduce((sum, n) => sum + n + (n % 4) + 1, 0) / 12;
  };
  expect(spent).toMatchObject({ metric: 'spent', kind: 'mean' });
  expect(spent.cohorts.map(({ value }: { value: number }) => value)).toEqual([spentBy(0), spentBy(1)]);
  expect(spent.comparisons[0].cuped.reduction).toBeGreaterThan(0.9);
  const plain = await reported('shop', '--covariate-days', '0');
  expect(plain.metrics[0].comparisons[0].cuped).toBeUndefined();
});

test('an experiment that is not there, or a run that was not, is named', async () => {
  await expect(reported('nothing')).rejects.toThrow('There is no experiment nothing in tenant acme.');
  await expect(reported('gates', '--run', '2')).rejects.toThrow('has had 1 runs; there is no run 2');
  await expect(sandai('import', join(directory, 'gates.csv'), '--experiment', 'shop')).rejects.toThrow(/not imported/);
});

test('a page is written from the log, with the days', async () => {
  const html = join(directory, 'gates.html');
  await sandai('report', 'gates', '--html', html);
  expect(readFileSync(html, 'utf8')).toContain(`${new Date().getUTCFullYear()}-`);
});

const cookieCats = fileURLToPath(new URL('../../../shared/data/cookie_cats.csv.gz', import.meta.url));

test.runIf(existsSync(cookieCats))('Cookie Cats, as events, has the known numbers', { timeout: 600_000 }, async () => {
  await sandai('import', cookieCats, '--experiment', 'cookie-cats');
  const report = await reported('cookie-cats');
  expect(report.cohorts.map(({ players }: { players: number }) => players)).toEqual([44_700, 45_489]);
  expect(report.sample_ratio.p).toBeCloseTo(0.0086, 4);
  const [first, seventh] = report.metrics;
  expect(first.comparisons[0].test.p).toBeCloseTo(0.074, 3);
  expect(seventh.cohorts.map(({ value }: { value: number }) => (value * 100).toFixed(2))).toEqual(['19.02', '18.20']);
  expect(seventh.comparisons[0].test.value).toBeCloseTo(-3.16, 2);
  expect(seventh.comparisons[0].test.p).toBeCloseTo(0.0016, 4);
});
