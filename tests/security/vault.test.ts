import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KeysError } from '../../src/security/errors.ts';
import { generateKeys, keyNames } from '../../src/security/key-material.ts';
import { readKeysFile } from '../../src/security/keys-file.ts';
import { loadKeys } from '../../src/security/load-keys.ts';
import { createVault, type VaultOptions } from '../../src/security/vault.ts';
import { role, rootToken, startVault, type VaultServer } from '../support/vault-server.ts';

const at = new Date('2026-03-01T12:00:00.000Z');
const keys = generateKeys(keyNames, at);

let vault: VaultServer;
let directory: string;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'sandai-vault-'));
  vault = await startVault({ ...keys, of_another_program: 'left alone' });
});
afterEach(async () => {
  await vault.close();
  rmSync(directory, { recursive: true });
});

const read = (options: Partial<VaultOptions> = { token: rootToken }) =>
  createVault({ address: vault.url, path: 'secret/sandai', ...options })();
const problemOf = async (reading: Promise<unknown>): Promise<string> => {
  const error = await reading.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(KeysError);
  return (error as KeysError).message;
};

test('all keys may come from one secret', async () => {
  expect(await read()).toEqual(keys);
});

test('keys may stand there as text, in the form of their variables or as JSON', async () => {
  const [jwt] = keys.jwtKeys!;
  vault.secret = {
    refreshKey: keys.refreshKey,
    jwtKeys: `${jwt!.kid}:${jwt!.secret}`,
    masterKeys: JSON.stringify(keys.masterKeys),
    telegramBots: '',
  };
  expect(await read()).toEqual({
    refreshKey: keys.refreshKey,
    jwtKeys: [{ kid: jwt!.kid, secret: jwt!.secret }],
    masterKeys: keys.masterKeys,
  });
});

test('a file may hold the token, and a new one counts without a restart', async () => {
  const tokenFile = join(directory, 'token');
  writeFileSync(tokenFile, 'hvs.old\n');
  const readAgain = createVault({ address: vault.url, path: 'secret/sandai', tokenFile });
  expect(await problemOf(readAgain())).toMatch(/refuses access \(403\)/);
  writeFileSync(tokenFile, `${rootToken}\n`);
  expect(await readAgain()).toEqual(keys);
});

test('a role logs in once, and again when what it was given no longer counts', async () => {
  const secretIdFile = join(directory, 'secret-id');
  writeFileSync(secretIdFile, role.secretId);
  const readAgain = createVault({ address: vault.url, path: 'secret/sandai', roleId: role.roleId, secretIdFile });
  for (let count = 0; count < 3; count += 1) expect(await readAgain()).toEqual(keys);
  expect(vault.logins).toBe(1);
  vault.tokens.delete('hvs.login-1');
  expect(await readAgain()).toEqual(keys);
  expect(vault.logins).toBe(2);
});

describe('says what is wrong, and no secret', () => {
  test.each([
    ['a token that may not read', () => ({ token: 'hvs.secret-token' }), /refuses access \(403\).*policy/],
    ['no token', () => ({}), /refuses access \(403\)/],
    ['another path', () => ({ token: rootToken, path: 'secret/nothing' }), /no such secret \(404\).*vault\.path/],
    ['a role that is not known', () => ({ roleId: 'nobody', secretId: 'secret-token' }), /\(400\).*vault\.roleId/],
    ['a file that is not there', () => ({ tokenFile: '/nowhere/token' }), /vault\.tokenFile names .*ENOENT/],
  ])('%s', async (_, options, message) => {
    const problem = await problemOf(read(options()));
    expect(problem).toMatch(message);
    for (const secret of ['secret-token', rootToken]) expect(problem).not.toContain(secret);
  });

  test.each([
    [503, /is sealed/],
    [429, /is a standby/],
    [500, /answers 500/],
    [200, /another form/],
  ])('status %i', async (status, message) => {
    vault.failing = status;
    expect(await problemOf(read())).toMatch(message);
  });

  test('an address where nobody listens', async () => {
    const gone = await startVault();
    await gone.close();
    expect(await problemOf(read({ address: gone.url, token: rootToken }))).toMatch(
      /cannot be reached \(ECONNREFUSED\)/,
    );
  });

  test('a secret that was deleted', async () => {
    vault.secret = undefined;
    expect(await problemOf(read())).toMatch(/no such secret/);
  });

  test('keys of another form, all of them', async () => {
    vault.secret = { refreshKey: 'short', pepper: 7, jwtKeys: '[broken' };
    const problem = await problemOf(read());
    for (const name of ['refreshKey', 'pepper', 'jwtKeys']) expect(problem).toContain(`Vault secret/sandai ${name}`);
    expect(problem).not.toContain('short');
  });
});

test('the environment beats Vault, which beats the file', async () => {
  const file = join(directory, 'keys.json');
  loadKeys({ file, env: {}, mayGenerate: true, now: () => at });
  const env = { SANDAI_DEFAULT_CLIENT_KEY: `ck_${'e'.repeat(32)}`, SANDAI_NAKAMA_SESSION_KEY: 'n'.repeat(20) };
  const { pepper, ...own } = await read();
  const loaded = loadKeys({
    file,
    env,
    vault: { ...own, defaultClientKey: `ck_${'a'.repeat(32)}` },
    mayGenerate: false,
    now: () => at,
  });
  expect(loaded.keys.defaultClientKey).toBe(env.SANDAI_DEFAULT_CLIENT_KEY);
  expect(loaded.keys.jwt.map(({ kid }) => kid)).toEqual(own.jwtKeys!.map(({ kid }) => kid));
  expect(loaded.keys.pepper.export().toString('base64url')).not.toBe(pepper);
  expect([...loaded.fromEnvironment].sort()).toEqual(['defaultClientKey', 'nakamaSessionKey']);
  expect(loaded.fromVault.has('jwtKeys')).toBe(true);
  expect(loaded.fromVault.has('pepper')).toBe(false);
});

test('what Vault has is not made at a first start', async () => {
  const file = join(directory, 'fresh', 'keys.json');
  const { logHashKey: _, ...most } = await read();
  loadKeys({ file, env: {}, vault: most, mayGenerate: true, now: () => at });
  expect(Object.keys(readKeysFile(file)!)).toEqual(['logHashKey']);
});
