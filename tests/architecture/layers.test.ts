import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cruised, cruise, runCruiser } from './cruise.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('the layers', () => {
  test('are kept by every file, and every file is looked at', async () => {
    const { modules, violations } = await cruise(root);
    expect(violations).toEqual([]);
    expect(modules).toBeGreaterThan(50);
  });
});

/** An import that must not be, and the rule that names it. `to` starts from src/ or is a package. */
const forbidden: readonly { rule: string; from: string; to: string }[] = [
  { rule: 'events-project', from: 'events', to: 'aggregates/season.ts' },
  { rule: 'events-packages', from: 'events', to: 'pino' },
  { rule: 'events-node', from: 'events', to: 'node:crypto' },
  { rule: 'aggregates-project', from: 'aggregates', to: 'event-store/port.ts' },
  { rule: 'aggregates-packages', from: 'aggregates', to: 'zod' },
  { rule: 'aggregates-node', from: 'aggregates', to: 'node:timers' },
  { rule: 'commands-project', from: 'commands', to: 'event-store/sql/store.ts' },
  { rule: 'commands-project', from: 'commands', to: 'security/keys.ts' },
  { rule: 'commands-packages', from: 'commands', to: 'zod' },
  { rule: 'commands-node', from: 'commands', to: 'node:fs' },
  { rule: 'ports-project', from: 'ports', to: 'security/personal-data.ts' },
  { rule: 'ports-packages', from: 'ports', to: 'zod' },
  { rule: 'ports-node', from: 'ports', to: 'node:fs' },
  { rule: 'event-store-project', from: 'event-store', to: 'events/season.ts' },
  { rule: 'event-store-project', from: 'event-store', to: 'aggregates/season.ts' },
  { rule: 'event-store-packages', from: 'event-store', to: 'zod' },
  { rule: 'store-port', from: 'event-store', to: 'event-store/sql/store.ts' },
  { rule: 'processors-project', from: 'processors', to: 'projections/leaderboards.ts' },
  { rule: 'processors-packages', from: 'processors', to: 'pino' },
  { rule: 'projections-project', from: 'projections', to: 'aggregates/season.ts' },
  { rule: 'projections-project', from: 'projections', to: 'commands/score.ts' },
  { rule: 'projections-packages', from: 'projections', to: 'pino' },
  { rule: 'projections-node', from: 'projections', to: 'node:crypto' },
  { rule: 'replay-project', from: 'replay', to: 'http/server.ts' },
  { rule: 'replay-packages', from: 'replay', to: 'pino' },
  { rule: 'reactors-project', from: 'reactors', to: 'projections/leaderboards.ts' },
  { rule: 'reactors-project', from: 'reactors', to: 'aggregates/season.ts' },
  { rule: 'reactors-packages', from: 'reactors', to: 'zod' },
  { rule: 'reactors-node', from: 'reactors', to: 'node:fs' },
  { rule: 'matchmaking-project', from: 'matchmaking', to: 'http/server.ts' },
  { rule: 'matchmaking-packages', from: 'matchmaking', to: 'pino' },
  { rule: 'workers-project', from: 'workers', to: 'gateways/telegram.ts' },
  { rule: 'workers-packages', from: 'workers', to: 'bullmq' },
  { rule: 'workers-node', from: 'workers', to: 'node:crypto' },
  { rule: 'gateways-project', from: 'gateways', to: 'commands/score.ts' },
  { rule: 'gateways-packages', from: 'gateways', to: 'pino' },
  { rule: 'gateways-node', from: 'gateways', to: 'node:http' },
  { rule: 'redis-project', from: 'redis', to: 'workers/local-queue.ts' },
  { rule: 'redis-packages', from: 'redis', to: 'pino' },
  { rule: 'redis-node', from: 'redis', to: 'node:net' },
  { rule: 'wrapper-bullmq', from: 'cli', to: 'bullmq' },
  { rule: 'wrapper-ioredis', from: 'cli', to: 'ioredis' },
  { rule: 'security-project', from: 'security', to: 'event-store/index.ts' },
  { rule: 'security-packages', from: 'security', to: 'pino' },
  { rule: 'statistics-project', from: 'statistics', to: 'events/ids.ts' },
  { rule: 'statistics-packages', from: 'statistics', to: 'zod' },
  { rule: 'statistics-node', from: 'statistics', to: 'node:crypto' },
  { rule: 'wrapper-csv-parse', from: 'cli', to: 'csv-parse' },
  { rule: 'wrapper-stdlib', from: 'statistics', to: '@stdlib/stats-base-dists-t-cdf' },
  { rule: 'experiment-report-project', from: 'experiment-report', to: 'commands/handle.ts' },
  { rule: 'experiment-report-packages', from: 'experiment-report', to: 'zod' },
  { rule: 'experiment-report-node', from: 'experiment-report', to: 'node:fs' },
  { rule: 'client-project', from: 'client', to: 'http/error-codes.ts' },
  { rule: 'client-packages', from: 'client', to: 'zod' },
  { rule: 'client-node', from: 'client', to: 'node:crypto' },
  { rule: 'openfeature-project', from: 'openfeature', to: 'client/index.ts' },
  { rule: 'openfeature-packages', from: 'openfeature', to: 'zod' },
  { rule: 'openfeature-node', from: 'openfeature', to: 'node:crypto' },
  { rule: 'wrapper-openfeature', from: 'cli', to: '@openfeature/server-sdk' },
  { rule: 'config-project', from: 'config', to: 'cli/command.ts' },
  { rule: 'config-packages', from: 'config', to: 'pino' },
  { rule: 'platform-project', from: 'platform', to: 'config/settings.ts' },
  { rule: 'platform-packages', from: 'platform', to: 'zod' },
  { rule: 'embedded-postgres-project', from: 'embedded-postgres', to: 'migrate/index.ts' },
  { rule: 'embedded-postgres-packages', from: 'embedded-postgres', to: 'pino' },
  { rule: 'migrate-project', from: 'migrate', to: 'event-store/index.ts' },
  { rule: 'migrate-packages', from: 'migrate', to: 'zod' },
  { rule: 'http-project', from: 'http', to: 'event-store/sql/store.ts' },
  { rule: 'http-project', from: 'http', to: 'processors/runner.ts' },
  { rule: 'http-packages', from: 'http', to: 'fast-jwt' },
  { rule: 'wrapper-pg', from: 'cli', to: 'pg' },
  { rule: 'wrapper-pg', from: 'processors', to: 'pg' },
  { rule: 'wrapper-pg', from: 'event-store/memory', to: 'pg' },
  { rule: 'wrapper-node-pg-migrate', from: 'cli', to: 'node-pg-migrate' },
  { rule: 'wrapper-embedded-postgres', from: 'cli', to: 'embedded-postgres' },
  { rule: 'wrapper-event-driven-io-emmett', from: 'event-store', to: '@event-driven-io/emmett' },
  { rule: 'wrapper-fastify-fastify-fastify-type-provider-zod', from: 'cli', to: 'fastify' },
  { rule: 'wrapper-fastify-fastify-fastify-type-provider-zod', from: 'commands', to: '@fastify/helmet' },
  { rule: 'wrapper-openskill', from: 'matchmaking', to: 'openskill' },
  { rule: 'wrapper-fast-jwt', from: 'cli', to: 'fast-jwt' },
  { rule: 'wrapper-croner', from: 'cli', to: 'croner' },
  { rule: 'wrapper-node-rs-argon2', from: 'cli', to: '@node-rs/argon2' },
  { rule: 'wrapper-esbuild', from: 'replay', to: 'esbuild' },
  { rule: 'wrapper-duckdb-node-api', from: 'replay', to: '@duckdb/node-api' },
  { rule: 'wrapper-pg-copy-streams', from: 'cli', to: 'pg-copy-streams' },
  { rule: 'wrapper-commander', from: 'security', to: 'commander' },
  { rule: 'known-folders', from: 'helpers', to: 'events/ids.ts' },
  { rule: 'no-cycle', from: 'aggregates', to: 'aggregates/planted-cycle.ts' },
  { rule: 'resolvable', from: 'cli', to: 'cli/missing.ts' },
  { rule: 'declared', from: 'cli', to: 'vitest' },
  { rule: 'no-tests-in-source', from: 'cli', to: '../tests/support/database.ts' },
];

describe('a forbidden import', () => {
  let copy: string;
  let cruised: Cruised;
  const planted = (index: number) => `src/${forbidden[index]?.from}/planted-${index}.ts`;

  beforeAll(async () => {
    copy = mkdtempSync(join(tmpdir(), 'sandai-layers-'));
    for (const part of ['src', 'tests/support', 'projections.config.ts', 'package.json', '.dependency-cruiser.cjs'])
      cpSync(join(root, part), join(copy, part), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    const plant = (file: string, line: string) => {
      mkdirSync(dirname(join(copy, file)), { recursive: true });
      writeFileSync(join(copy, file), `${line}\n`);
    };
    for (const [index, { from, to }] of forbidden.entries()) {
      const up = '../'.repeat(from.split('/').length);
      plant(planted(index), `import '${to.endsWith('.ts') ? up + to : to}';`);
    }
    const cyclic = forbidden.findIndex(({ rule }) => rule === 'no-cycle');
    plant('src/aggregates/planted-cycle.ts', `import './planted-${cyclic}.ts';`);
    appendFileSync(
      join(copy, 'projections.config.ts'),
      `import './src/commands/score.ts'; import type { Season } from './src/aggregates/season.ts'; export type { Season };`,
    );
    plant('src/projections/profiles.ts', `import './leaderboards.ts';`);
    plant('src/aggregates/planted-type.ts', `import type { Pool } from 'pg'; export type { Pool };`);
    cruised = await cruise(copy);
  }, 60_000);
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  const violations = (file: string) => cruised.violations.filter((line) => line.includes(`: ${file} -> `));

  test.each(forbidden.map((each, index) => ({ ...each, index })))('$rule: of $to in src/$from', ({ rule, index }) => {
    expect(violations(planted(index)).map((line) => line.split(':')[0])).toContain(rule);
  });

  test('of types alone is one too', () => {
    expect(violations('src/aggregates/planted-type.ts')).toHaveLength(2);
  });

  test('in the list of projections is one, also of types alone', () => {
    expect([...violations('projections.config.ts')].sort()).toEqual([
      'projections-list: projections.config.ts -> src/aggregates/season.ts',
      'projections-list: projections.config.ts -> src/commands/score.ts',
    ]);
  });

  test('of one projection in another', () => {
    expect(violations('src/projections/profiles.ts')).toEqual([
      'one-projection-alone: src/projections/profiles.ts -> src/projections/leaderboards.ts',
    ]);
  });

  test('fails the check', async () => {
    expect((await runCruiser(copy, 'err', ['src/statistics'])).exitCode).toBeGreaterThan(0);
  });

  test('is looked for by each rule', () => {
    const rules: { name: string }[] = createRequire(import.meta.url)('../../.dependency-cruiser.cjs').forbidden;
    const broken = new Set(cruised.violations.map((line) => line.split(':')[0]));
    expect(rules.map(({ name }) => name).filter((name) => !broken.has(name))).toEqual([]);
  });

  test('is what was planted and nothing else', () => {
    const own = ['projections.config.ts', 'src/projections/profiles.ts'];
    const others = cruised.violations.filter(
      (line) => !line.includes('/planted-') && !own.some((file) => line.includes(`: ${file} -> `)),
    );
    expect(others).toEqual([]);
  });
});
