import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { allSettings } from '../../src/config/names.ts';
import { loadSettings } from '../../src/config/settings.ts';
import { roleOfUrl } from '../../src/migrate/index.ts';
import { keyGuide } from '../../src/security/key-material.ts';

const file = (name: string) => new URL(`../../${name}`, import.meta.url);
const text = (name: string) => readFileSync(file(name), 'utf8');

const service = z.strictObject({
  image: z.string(),
  build: z.literal('.').optional(),
  init: z.boolean().optional(),
  entrypoint: z.array(z.string()).optional(),
  command: z.union([z.string(), z.array(z.string())]).optional(),
  networks: z.array(z.string()),
  volumes: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.string()).default({}),
  env_file: z.array(z.strictObject({ path: z.literal('.env'), required: z.literal(false) })).default([]),
  ports: z.array(z.string()).default([]),
  healthcheck: z
    .strictObject({
      test: z.array(z.string()).min(2),
      interval: z.string(),
      timeout: z.string(),
      start_period: z.string(),
      retries: z.int(),
    })
    .optional(),
  depends_on: z
    .record(z.string(), z.strictObject({ condition: z.enum(['service_healthy', 'service_completed_successfully']) }))
    .default({}),
  restart: z.enum(['unless-stopped', 'on-failure']),
  stop_grace_period: z.string().optional(),
});
const compose = z
  .object({
    services: z.record(z.string().regex(/^[a-z0-9-]+$/), service),
    networks: z.record(z.string(), z.unknown()),
    volumes: z.record(z.string(), z.unknown()),
  })
  .parse(parse(text('compose.yaml'), { merge: true }));
const services = Object.entries(compose.services);
const named = (name: string) => compose.services[name]!;

/** Values as compose fills them in when nothing is set. */
const defaults = (environment: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, value.replace(/\$\{\w+:-([^}]*)\}/g, '$1')]),
  );

const dockerfile = text('Dockerfile').replaceAll('\\\n', ' ');
const lines = (instruction: string) =>
  [...dockerfile.matchAll(new RegExp(`^${instruction} +(.*)$`, 'gm'))].map(([, rest]) => rest ?? '');
const imageEnvironment = Object.fromEntries(
  lines('ENV').flatMap((line) => line.split(/\s+/).map((pair) => pair.split('=', 2) as [string, string])),
);
const keyVariables = Object.values(keyGuide).flatMap(({ env }) => [env, `${env}_FILE`]);
const known = [...allSettings.flatMap(({ variables }) => variables), ...keyVariables];

describe('compose.yaml', () => {
  test('runs a database and the façade', () => {
    expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(['cockroach', 'facade']));
    expect(named('cockroach').image).toMatch(/^cockroachdb\/cockroach:/);
    expect(named('cockroach').command).toContain('start-single-node');
    expect(named('facade').build).toBe('.');
  });

  test.each(services)('%s waits for services that can tell when they are ready', (_, { depends_on }) => {
    for (const [name, { condition }] of Object.entries(depends_on)) {
      const awaited = named(name);
      const isHealthy = awaited.healthcheck !== undefined || (awaited.build !== undefined && lines('HEALTHCHECK')[0]);
      if (condition === 'service_healthy') expect(isHealthy).toBeTruthy();
      else expect(awaited.restart).toBe('on-failure');
    }
  });

  test.each(services)('%s is restarted, and checked when it is to stay up', (_, { restart, healthcheck, build }) => {
    if (restart === 'unless-stopped')
      expect(healthcheck !== undefined || (build !== undefined && lines('HEALTHCHECK').length === 1)).toBe(true);
  });

  test('starts the façade after the database, its roles, the keys and Redis', () => {
    expect(named('facade').depends_on).toEqual({
      cockroach: { condition: 'service_healthy' },
      roles: { condition: 'service_completed_successfully' },
      keys: { condition: 'service_completed_successfully' },
      redis: { condition: 'service_healthy' },
    });
    expect(named('keys').volumes).toEqual(named('facade').volumes);
  });

  test.each(services)('%s uses networks and volumes that are declared', (_, { networks, volumes }) => {
    for (const network of networks) expect(Object.keys(compose.networks)).toContain(network);
    for (const volume of volumes) expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
  });

  test.each(services)('%s sets only variables that there are', (_, { environment }) => {
    for (const variable of Object.keys(environment)) expect(known).toContain(variable);
  });

  test('gives the façade settings that it accepts, with two database roles that are made before', () => {
    const env = { ...imageEnvironment, ...defaults(named('facade').environment) };
    const loaded = loadSettings({ flags: new Map(), env, cwd: '/app', otherVariables: keyVariables });
    expect(loaded).toMatchObject({ ok: true });
    if (!loaded.ok) return;
    const { database, http, dataDir } = loaded.settings;
    const roles = [database.url, database.migrationUrl].map((url) => roleOfUrl(url ?? ''));
    expect(new Set(roles).size).toBe(2);
    for (const role of roles) expect(named('roles').command).toContain(`--execute=CREATE USER IF NOT EXISTS ${role}`);
    for (const url of [database.url, database.migrationUrl]) {
      expect(new URL(url ?? '').hostname).toBe('cockroach');
      expect(named('roles').command).toContain(
        `--execute=CREATE DATABASE IF NOT EXISTS ${new URL(url ?? '').pathname.slice(1)}`,
      );
    }
    expect(named('facade').ports.map((port) => port.split(':').at(-1))).toEqual([`${http.port}`]);
    expect(http.host).toBe('0.0.0.0');
    expect(named('facade').volumes.map((volume) => volume.split(':')[1])).toEqual([dataDir]);
  });

  test('holds no secret, and opens nothing but the façade on this machine', () => {
    for (const [name, { environment, ports }] of services) {
      for (const variable of keyVariables) expect(Object.keys(environment)).not.toContain(variable);
      for (const value of Object.values(defaults(environment)))
        if (URL.canParse(value)) expect(new URL(value).password).toBe('');
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
      if (name !== 'facade') expect(ports).toEqual([]);
    }
    expect(text('.gitignore').split('\n')).toContain('.env');
  });
});

describe('Dockerfile', () => {
  test('starts Sandai as a user without rights, and tells whether it answers', () => {
    expect(lines('CMD').at(-1)).toBe('["node", "--max-semi-space-size=64", "bin/sandai.mjs", "start"]');
    expect(lines('USER')).toEqual(['node']);
    expect(lines('HEALTHCHECK')[0]).toContain('/healthz');
    for (const image of lines('FROM')) expect(image).toMatch(/^node:20-slim/);
  });

  test('sets only variables that there are', () => {
    for (const variable of Object.keys(imageEnvironment))
      if (variable !== 'NODE_ENV') expect(known).toContain(variable);
  });

  test('copies what runs, and neither data nor tests', () => {
    const [all, ...patterns] = text('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(all).toBe('*');
    const copied = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
    for (const path of copied) expect(existsSync(file(path)), path).toBe(true);
    expect(copied).toEqual(expect.arrayContaining(['src', 'bin', 'scripts', 'migrations', 'projections.config.ts']));
    for (const path of ['tests', '.sandai', '.env', '.git', 'node_modules']) expect(copied).not.toContain(path);
  });
});
