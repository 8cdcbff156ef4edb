import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KeysError } from '../../src/security/errors.ts';
import { keyGuide, keyNames, keysLeftOut } from '../../src/security/key-material.ts';
import { createKeysFile, keysFilePath, readKeysFile, updateKeysFile } from '../../src/security/keys-file.ts';
import { loadKeys } from '../../src/security/load-keys.ts';
import { freshKeys, start } from './support.ts';

let directory: string;
let file: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sandai-keys-'));
  file = join(directory, 'data', 'keys.json');
});
afterEach(() => rmSync(directory, { recursive: true }));

const load = (env: NodeJS.ProcessEnv = {}, mayGenerate = true) =>
  loadKeys({ file, env, mayGenerate, now: () => start });
const problemsOf = (action: () => unknown): readonly string[] => {
  try {
    action();
  } catch (error) {
    if (error instanceof KeysError) return error.problems;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('the keys file', () => {
  test('is made at the first start, readable by its owner only, and nothing else is left beside it', () => {
    expect(load().created).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(directory, 'data'))).toEqual(['keys.json']);
  });

  test('is read again at the next start', () => {
    const first = load();
    const second = load();
    expect(second.created).toBe(false);
    expect(second.keys.pepper.equals(first.keys.pepper)).toBe(true);
    expect(second.keys.defaultClientKey).toBe(first.keys.defaultClientKey);
  });

  test('is left as it is when another process made it first', () => {
    expect(createKeysFile(file, freshKeys())).toBe(true);
    const before = readFileSync(file, 'utf8');
    expect(createKeysFile(file, freshKeys())).toBe(false);
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(readdirSync(join(directory, 'data'))).toEqual(['keys.json']);
  });

  test.each([
    ['is empty', ''],
    ['is cut short', '{"version":1,"jwtKeys":[{"kid":"a'],
    ['is of a later version', '{"version":2}'],
    ['holds an unknown key', '{"version":1,"peper":"x"}'],
    ['holds a short secret', '{"version":1,"pepper":"c2hvcnQ"}'],
    [
      'holds an id twice',
      JSON.stringify({
        version: 1,
        jwtKeys: [freshKeys().jwtKeys[0], freshKeys().jwtKeys[0]].map((key) => ({ ...key, kid: 'a' })),
      }),
    ],
    ['holds an empty key list', '{"version":1,"jwtKeys":[]}'],
  ])('stops the start and is never overwritten when it %s', (_case, text) => {
    createKeysFile(file, {});
    writeFileSync(file, text);
    expect(() => load()).toThrow(/Restore the keys file from a backup/);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('gives a warning when others can read it', () => {
    load();
    chmodSync(file, 0o644);
    expect(load().warnings).toEqual([`${file} is readable by others (mode 644): run chmod 600 ${file}`]);
  });

  test('is changed by one command at a time', () => {
    load();
    const nested = () => updateKeysFile(file, (keys) => keys);
    updateKeysFile(file, (keys) => {
      expect(problemsOf(nested)[0]).toContain('another command is changing');
      return keys;
    });
    expect(readdirSync(join(directory, 'data'))).toEqual(['keys.json']);
  });

  test('keeps its content and frees its lock when a change fails', () => {
    load();
    const before = readFileSync(file, 'utf8');
    const failing = () => {
      throw new Error('no');
    };
    expect(() => updateKeysFile(file, failing)).toThrow('no');
    expect(readFileSync(file, 'utf8')).toBe(before);
    updateKeysFile(file, (keys) => keys);
  });

  test('is found in the data directory unless the settings name another', () => {
    expect(keysFilePath({ dataDir: '/data', keys: {} })).toBe('/data/keys.json');
    expect(keysFilePath({ dataDir: '/data', keys: { file: '/run/secrets/keys' } })).toBe('/run/secrets/keys');
  });
});

describe('loading keys', () => {
  test('lists every missing key, its variable and how to make it when none may be generated', () => {
    const problems = problemsOf(() => load({}, false));
    const needed = keyNames.filter((name) => !(name in keysLeftOut));
    expect(problems).toHaveLength(needed.length);
    for (const name of needed) expect(problems.join('\n')).toContain(`${name} is missing (${keyGuide[name].env})`);
    expect(() => load({}, false)).toThrow('npx sandai keys generate');
    expect(readKeysFile(file)).toBeNull();
  });

  test('lists what is missing from an incomplete file and does not fill it in', () => {
    const { pepper: _pepper, masterKeys: _master, ...rest } = freshKeys();
    createKeysFile(file, rest);
    expect(problemsOf(() => load()).map((line) => line.split(' ')[0])).toEqual(['pepper', 'masterKeys']);
  });

  test('prefers the environment to the file, and a file named there works too', () => {
    const keys = freshKeys();
    createKeysFile(file, freshKeys());
    const pepperFile = join(directory, 'pepper');
    writeFileSync(pepperFile, `${keys.pepper}\n`);
    const jwt = ['new', 'old'].map((kid, i) => `${kid}:${[keys.refreshKey, keys.logHashKey][i]}`).join(',');
    const loaded = load({ SANDAI_JWT_KEYS: jwt, SANDAI_PEPPER_FILE: pepperFile });
    expect(loaded.keys.jwt.map(({ kid }) => kid)).toEqual(['new', 'old']);
    expect(loaded.keys.pepper.export().toString('base64url')).toBe(keys.pepper);
    expect([...loaded.fromEnvironment]).toEqual(['jwtKeys', 'pepper']);
  });

  test('generates only what the environment does not give', () => {
    load({ SANDAI_PEPPER: freshKeys().pepper });
    expect(Object.keys(readKeysFile(file) ?? {})).toEqual(keyNames.filter((name) => name !== 'pepper'));
  });

  test('takes Telegram bots with and without a token, and does without any', () => {
    expect(load().keys.telegramBots).toEqual([]);
    const token = '123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAA';
    const env = { SANDAI_TELEGRAM_BOTS: `acme:${'s'.repeat(16)},default/news:${'t'.repeat(20)}:${token}` };
    const bots = load(env).keys.telegramBots;
    expect(bots.map(({ tenant, bot, token: given }) => [tenant, bot, given])).toEqual([
      ['acme', 'main', null],
      ['default', 'news', token],
    ]);
    expect(bots[0]?.secret.export().toString()).toBe('s'.repeat(16));
    expect(inspect(bots) + JSON.stringify(bots)).not.toMatch(/ssss|tttt|123456/);
  });

  test.each([
    ['a short secret', 'acme:short'],
    ['a bot token of another form', `acme:${'s'.repeat(16)}:nonsense`],
    ['the same secret for two tenants', `acme:${'s'.repeat(16)},other:${'s'.repeat(16)}`],
    ['a tenant of another form', `A c:${'s'.repeat(16)}`],
  ])('refuses Telegram bots with %s', (_case, text) => {
    const problems = problemsOf(() => load({ SANDAI_TELEGRAM_BOTS: text }));
    expect(problems.join()).toContain('SANDAI_TELEGRAM_BOTS');
    expect(problems.join()).not.toContain('ssss');
  });

  test('takes secrets of payment service providers, several of a tenant too, and does without any', () => {
    expect(load().keys.pspSecrets).toEqual([]);
    const [first, second, third] = ['p', 'q', 'r'].map((letter) => letter.repeat(16));
    const { pspSecrets } = load({ SANDAI_PSP_SECRETS: `acme:${first}, acme:${second},default:${third}` }).keys;
    expect(pspSecrets.map(({ tenant, secret }) => [tenant, secret.export().toString()])).toEqual([
      ['acme', first],
      ['acme', second],
      ['default', third],
    ]);
    expect(inspect(pspSecrets) + JSON.stringify(pspSecrets)).not.toMatch(/pppp|qqqq|rrrr/);
  });

  const shortSecret = 'must be 16 to 256 letters, digits, dashes or underscores';
  test.each([
    ['a short secret', 'acme:pppp', `entry 1 secret ${shortSecret}`],
    ['no secret', `acme:${'p'.repeat(16)},other`, `entry 2 secret ${shortSecret}`],
    ['a secret that has a colon', `acme:${'p'.repeat(16)}:${'p'.repeat(16)}`, `entry 1 secret ${shortSecret}`],
    ['a secret of other characters', `acme:${'p'.repeat(16)}!`, `entry 1 secret ${shortSecret}`],
    ['no tenant', `:${'p'.repeat(16)}`, 'entry 1 tenant must name a tenant'],
    ['a tenant of another form', `A c:${'p'.repeat(16)}`, 'entry 1 tenant must name a tenant'],
    [
      'the same secret for two tenants',
      `acme:${'p'.repeat(16)},other:${'p'.repeat(16)}`,
      'the same secret stands there twice, so that it names no tenant',
    ],
  ])('refuses secrets of payment service providers with %s, in one line without the secret', (_case, text, problem) => {
    createKeysFile(file, freshKeys());
    expect(problemsOf(() => load({ SANDAI_PSP_SECRETS: text }))).toEqual([`SANDAI_PSP_SECRETS ${problem}`]);
  });

  test('reports every problem at once and never a secret', () => {
    const env = {
      SANDAI_PEPPER: 'hunter2',
      SANDAI_JWT_KEYS: 'a:swordfish,b',
      SANDAI_REFRESH_KEY: freshKeys().refreshKey,
      SANDAI_REFRESH_KEY_FILE: '/some/file',
      SANDAI_LOG_HASH_KEY_FILE: join(directory, 'absent'),
      SANDAI_DEFAULT_CLIENT_KEY: 'public',
    };
    const problems = problemsOf(() => load(env)).join('\n');
    for (const part of [
      'SANDAI_PEPPER must',
      'SANDAI_JWT_KEYS entry 1 secret',
      'SANDAI_JWT_KEYS entry 2 secret',
      'both set',
      'ENOENT',
      'must be ck_',
    ]) {
      expect(problems).toContain(part);
    }
    expect(problems).not.toMatch(/hunter2|swordfish/);
    expect(readKeysFile(file)).toBeNull();
  });

  test('gives key objects that show nothing when printed or serialised', () => {
    const { keys } = load();
    const stored = readKeysFile(file);
    const shown = `${inspect(keys, { depth: 9 })}${JSON.stringify(keys)}`;
    for (const secret of [stored?.pepper, stored?.nakamaSessionKey, stored?.jwtKeys?.[0]?.secret]) {
      expect(shown).not.toContain(secret);
    }
  });
});
