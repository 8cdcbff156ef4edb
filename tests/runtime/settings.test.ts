import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allSettings, variableOf } from '../../src/config/names.ts';
import { loadSettings, type Settings, takeSettingFlags } from '../../src/config/settings.ts';

const cwd = mkdtempSync(join(tmpdir(), 'sandai-settings-'));

const load = (args: string[], env: NodeJS.ProcessEnv = {}) =>
  loadSettings({ flags: takeSettingFlags(args).flags, env, cwd, otherVariables: ['SANDAI_PEPPER'] });

function settingsOf(args: string[], env: NodeJS.ProcessEnv = {}): Settings {
  const loaded = load(args, env);
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  return loaded.settings;
}

function problemsOf(args: string[], env: NodeJS.ProcessEnv = {}): string[] {
  const loaded = load(args, env);
  return loaded.ok ? [] : loaded.problems;
}

function configFile(content: unknown): string {
  const file = join(mkdtempSync(join(cwd, 'file-')), 'sandai.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

test('a flag beats the environment, which beats the file, which beats the default', () => {
  const config = configFile({ http: { port: 1003 }, 'store.lanes': 4, log: { level: 'warn' } });
  const env = { PORT: '1002', SANDAI_STORE_LANES: '3' };
  const { http, store, log, tokens } = settingsOf(['--config', config, '--port=1001'], env);
  expect([http.port, store.lanes, log.level, tokens.sessionTtlSeconds]).toEqual([1001, 3, 'warn', 7200]);
});

test('the long environment variable beats the short one, and an empty one counts as unset', () => {
  expect(settingsOf([], { PORT: '1', SANDAI_HTTP_PORT: '2' }).http.port).toBe(2);
  expect(settingsOf([], { PORT: '1', SANDAI_HTTP_PORT: '' }).http.port).toBe(1);
});

test('every setting has a flag of its dotted name', () => {
  expect(settingsOf(['--rateLimit.anonymousPerMinute=5000']).rateLimit.anonymousPerMinute).toBe(5000);
  expect(settingsOf(['--rateLimit.anonymousPerMinute', '5000']).rateLimit.anonymousPerMinute).toBe(5000);
  expect(settingsOf(['--http.defaultTenantWithoutClientKey=false']).http.defaultTenantWithoutClientKey).toBe(false);
  expect(settingsOf(['--http.trustedProxies=10.0.0.0/8, ::1']).http.trustedProxies).toEqual(['10.0.0.0/8', '::1']);
});

test('the table of modes is one of names, sizes and teams that fit into a match', () => {
  const modes = ['solo:1:2', 'royale:1:32', 'raid:16:2'];
  expect(settingsOf([`--matchmaking.modes=${modes.join(', ')}`]).matchmaking.modes).toEqual(modes);
  for (const wrong of ['', 'solo', 'solo:1:1', 'solo:0:2', 'Solo:1:2', 'raid:17:2', 'solo:1:2,solo:2:2'])
    expect([wrong, problemsOf([`--matchmaking.modes=${wrong}`]).join()]).toEqual([
      wrong,
      expect.stringContaining('modes such as duo:2:2'),
    ]);
});

test('no two settings share an environment variable', () => {
  const variables = allSettings.flatMap((setting) => setting.variables);
  expect(new Set(variables).size).toBe(variables.length);
  expect(variableOf('rateLimit.anonymousPerMinute')).toBe('SANDAI_RATE_LIMIT_ANONYMOUS_PER_MINUTE');
});

test('every setting has a description and says what a value looks like', () => {
  for (const { name, description, form } of allSettings)
    expect([name, description !== '', form !== '']).toEqual([name, true, true]);
});

test('every problem is reported at once, each with its name, its origin and what to do', () => {
  const config = configFile({ store: { lanes: 0 }, htp: { port: 1 }, tokens: { familyTtlSeconds: 10 } });
  const env = { SANDAI_LOG_LEVEL: 'loud', SANDAI_HTP_PORT: '3', DATABASE_MIGRATION_URL: 'postgres://o:pw@db/x' };
  const problems = problemsOf(['--port', 'x', '--config', config, '--store.lane=1', '--host'], env);
  expect(problems).toEqual([
    'store.lane (flag): there is no such setting; did you mean --store.lanes?',
    'http.host (flag --host): has no value; write --host=<an address to listen on>.',
    'SANDAI_HTP_PORT (environment): there is no such setting; did you mean SANDAI_HTTP_PORT?',
    `htp.port (file ${config}): there is no such setting; did you mean http.port?`,
    'http.port (flag --port): must be a whole number from 0 to 65535, not "x".',
    `store.lanes (file ${config}): must be a whole number from 1 to 64, not 0.`,
    'log.level (environment SANDAI_LOG_LEVEL): must be one of fatal, error, warn, info, debug, trace, silent, not "loud".',
    'database.migrationUrl: is given without a valid database.url; set DATABASE_URL too, or neither.',
    'tokens.familyTtlSeconds: must not be shorter than tokens.refreshTtlSeconds; raise it or lower the other.',
  ]);
});

test('a problem with a database URL or with the file does not show the password', () => {
  const broken = configFile('{"database": {"url": "postgres://sandai:hunter2@db/x"');
  const problems = [
    ...problemsOf(['--config', broken]),
    ...problemsOf([], { DATABASE_URL: 'mysql://sandai:hunter2@db/x' }),
  ];
  expect(problems).toHaveLength(2);
  expect(problems.join()).not.toContain('hunter2');
});

test('a file that is missing or not an object is one problem', () => {
  expect(problemsOf(['--config=nowhere.json'])).toEqual([
    `config (flag --config): ${join(cwd, 'nowhere.json')} cannot be read; give the path of a JSON file.`,
  ]);
  expect(problemsOf(['--config', configFile([1])])[0]).toMatch(/must hold one JSON object/);
});

test('variables of single keys are not taken for settings', () => {
  expect(problemsOf([], { SANDAI_PEPPER: 'x' })).toEqual([]);
});

test('relative paths start from the working directory, in a file from its directory, and the default from the checkout', () => {
  const config = configFile({ dataDir: 'data', log: { file: '-' } });
  expect(settingsOf(['--data-dir', 'data']).dataDir).toBe(join(cwd, 'data'));
  expect(settingsOf(['--config', config]).dataDir).toBe(join(config, '..', 'data'));
  expect(settingsOf(['--config', config]).log.file).toBe('-');
  expect(settingsOf([]).dataDir).toBe(join(import.meta.dirname, '..', '..', '.sandai'));
});

test("flags of settings are taken out of a command's arguments, wherever they stand", () => {
  const { flags, rest } = takeSettingFlags([
    'token',
    '--data-dir',
    'd',
    '--role',
    'admin',
    '--log.level=debug',
    '--',
    '--port',
  ]);
  expect(rest).toEqual(['token', '--role', 'admin', '--', '--port']);
  expect([...flags]).toEqual([
    ['data-dir', 'd'],
    ['log.level', 'debug'],
  ]);
});

test('providers of social accounts are a name, an issuer, audiences and the URL of the keys, each name once', () => {
  const good = 'google https://accounts.google.com ios+web https://keys.example/certs';
  const other = 'apple https://appleid.apple.com game http://127.0.0.1:1/keys';
  expect(settingsOf([`--social.providers=${good}, ${other}`]).social.providers).toEqual([good, other]);
  for (const wrong of [
    'google',
    'google https://a b',
    `Google${good.slice(6)}`,
    `${good}, ${good}`,
    'a b + https://keys.example',
    'a b c ftp://keys.example',
  ])
    expect(problemsOf([`--social.providers=${wrong}`]).join(), wrong).toContain('providers such as');
});
