import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { keysCommand } from '../../src/cli/keys.ts';
import { receiptCommand } from '../../src/cli/receipt.ts';
import { serviceKeyCommand } from '../../src/cli/service-key.ts';
import { tenantCommand } from '../../src/cli/tenant.ts';
import { tokenCommand } from '../../src/cli/token.ts';
import { loadSettings } from '../../src/config/settings.ts';
import type { TenantId } from '../../src/events/ids.ts';
import { keyGuide, keyNames, newTestStoreKey } from '../../src/security/key-material.ts';
import { openKeyRing } from '../../src/security/key-ring.ts';
import { readKeysFile, updateKeysFile } from '../../src/security/keys-file.ts';
import { loadKeys } from '../../src/security/load-keys.ts';
import { createTestStore } from '../../src/security/test-store.ts';
import { createTokenVerifier } from '../../src/security/token-verifier.ts';

let dataDir: string;
let file: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'sandai-cli-'));
  file = join(dataDir, 'keys.json');
  for (const { env } of Object.values(keyGuide)) vi.stubEnv(env, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true });
});

async function run(...args: string[]) {
  const lines: string[] = [];
  const notes: string[] = [];
  const loaded = loadSettings({ flags: new Map([['data-dir', dataDir]]), env: {}, cwd: dataDir });
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  const program = new Command('sandai').exitOverride().configureOutput({ writeErr: () => {} });
  const context = {
    settings: () => loaded.settings,
    out: (line: string) => lines.push(line),
    note: (line: string) => notes.push(line),
  };
  for (const add of [keysCommand, receiptCommand, tokenCommand, tenantCommand, serviceKeyCommand])
    add(program, { ...context });
  await program.parseAsync(args, { from: 'user' });
  return { lines, notes };
}
const ring = () => openKeyRing(() => loadKeys({ file, env: {}, mayGenerate: false, now: () => new Date() }).keys);
const secrets = () => readFileSync(file, 'utf8').match(/[\w-]{43}/g) ?? [];

describe('sandai keys', () => {
  test('generate makes what is missing, once, and prints no secret', async () => {
    const { lines, notes } = await run('keys', 'generate');
    expect(lines).toHaveLength(keyNames.length);
    expect(secrets()).toHaveLength(6);
    for (const secret of secrets()) expect([...lines, ...notes].join('\n')).not.toContain(secret);
    const before = readFileSync(file, 'utf8');
    expect((await run('keys', 'generate')).lines).toEqual(['All keys exist already.']);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test('generate leaves to the environment what the environment gives, and adds it later when it is gone', async () => {
    vi.stubEnv('SANDAI_PEPPER', 'p'.repeat(43));
    await run('keys', 'generate');
    expect(readKeysFile(file)).not.toHaveProperty('pepper');
    vi.stubEnv('SANDAI_PEPPER', undefined);
    expect((await run('keys', 'generate')).lines).toEqual([expect.stringContaining('pepper')]);
  });

  test('list shows ids, states and sources, and no secret', async () => {
    await run('keys', 'generate');
    vi.stubEnv('SANDAI_LOG_HASH_KEY', 'h'.repeat(43));
    await run('keys', 'rotate');
    const text = (await run('keys', 'list')).lines.join('\n');
    expect(text).toMatch(/jwtKeys +\w{8} +signs from 2\S+Z +file/);
    expect(text).toMatch(/jwtKeys +\w{8} +signs +file/);
    expect(text).toMatch(/logHashKey +in use +SANDAI_LOG_HASH_KEY/);
    for (const secret of [...secrets(), 'hhhh']) expect(text).not.toContain(secret);
  });

  test('rotate replaces the key it names and nothing else', async () => {
    await run('keys', 'generate');
    const before = readKeysFile(file)!;
    await run('keys', 'rotate', 'nakama');
    const { nakamaSessionKey, ...rest } = readKeysFile(file)!;
    expect(nakamaSessionKey).not.toBe(before.nakamaSessionKey);
    expect({ ...rest, nakamaSessionKey: before.nakamaSessionKey }).toEqual(before);
    await run('keys', 'rotate', 'master');
    expect(readKeysFile(file)?.masterKeys).toHaveLength(2);
    await run('keys', 'rotate', 'jwt', '--compromised');
    expect(readKeysFile(file)?.jwtKeys).toHaveLength(1);
    expect(readKeysFile(file)?.jwtKeys).not.toEqual(before.jwtKeys);
  });

  test('rotate refuses what it cannot do', async () => {
    await run('keys', 'generate');
    await expect(run('keys', 'rotate', 'pepper')).rejects.toThrow(/Allowed choices/);
    await expect(run('keys', 'rotate', 'master', '--compromised')).rejects.toThrow('for the jwt key only');
    vi.stubEnv('SANDAI_JWT_KEYS', `a:${'j'.repeat(43)}`);
    await expect(run('keys', 'rotate')).rejects.toThrow('SANDAI_JWT_KEYS sets this key');
  });

  test('rewrap waits for the newest master key to be active', async () => {
    await run('keys', 'generate');
    await run('keys', 'rotate', 'master');
    await expect(run('keys', 'rewrap')).rejects.toThrow(/wraps from 2\S+Z: run this again then/);
  });
});

describe('sandai token', () => {
  test('prints one line: a token that counts for its role, tenant, subject and time', async () => {
    await run('keys', 'generate');
    const { lines, notes } = await run(
      'token',
      '--role',
      'admin',
      '--tenant',
      'acme',
      '--subject',
      'kim',
      '--ttl',
      '90s',
    );
    expect([lines.length, notes.length]).toEqual([1, 0]);
    const verifyAfter = (ms: number) =>
      createTokenVerifier({ ring: ring(), now: () => Date.now() + ms, isRevoked: () => false })(lines[0]!);
    expect(verifyAfter(0)).toMatchObject({
      ok: true,
      principal: { kind: 'operator', tenant: 'acme', subject: 'kim', roles: ['admin'] },
    });
    expect(verifyAfter(91_000)).toEqual({ ok: false, reason: 'expired' });
  });

  test.each([
    [[], /required option '--role/],
    [['--role', 'root'], /Allowed choices are admin, ops/],
    [['--role', 'ops', '--ttl', '25h'], /at most 24h/],
    [['--role', 'ops', '--ttl', '0s'], /a time such as/],
    [['--role', 'ops', '--tenant', 'Acme'], /lower-case letters/],
    [['--role', 'ops', '--subject', 'a b'], /visible ASCII/],
    [['--role', 'ops'], /npx sandai keys generate/],
  ])('refuses %j', async (args, reason) => {
    await expect(run('token', ...args)).rejects.toThrow(reason);
  });
});

test('sandai service-key refuses scopes that do not exist', async () => {
  await expect(run('service-key', 'create', '--scopes', 'metrics,root')).rejects.toThrow(/metrics, ops, scores:write/);
  await expect(run('service-key', 'create')).rejects.toThrow(/required option '--scopes/);
});

test('sandai tenant refuses names of another form', async () => {
  await expect(run('tenant', 'create', 'Acme Inc')).rejects.toThrow(/lower-case letters/);
});

describe('sandai receipt', () => {
  const store = () => createTestStore(ring());
  const taken = (receipt: string, tenant = 'default') =>
    store().validate({ tenant: tenant as TenantId, store: 'test', receipt });
  const withStore = async () => {
    await run('keys', 'generate');
    updateKeysFile(file, (keys) => ({ ...keys, testStoreKey: newTestStoreKey() }));
  };

  test('prints nothing but a receipt, which the test store takes for that product, tenant and payment', async () => {
    await withStore();
    const { lines, notes } = await run('receipt', '--product', 'gems-500', '--transaction', 'payment-1');
    expect([lines.length, notes]).toEqual([1, []]);
    const first = await taken(lines[0]!);
    expect(first).toMatchObject({ ok: true, productId: 'gems-500' });
    const again = await run('receipt', '--product', 'gems-500', '--transaction', 'payment-1');
    expect(await taken(again.lines[0]!)).toMatchObject({ transaction: first.ok && first.transaction });
    expect(await taken(lines[0]!, 'acme')).toEqual({ ok: false, reason: 'invalid' });
    const elsewhere = await run('receipt', '--product', 'gems-500', '--tenant', 'acme');
    expect(await taken(elsewhere.lines[0]!, 'acme')).toMatchObject({ ok: true });
  });

  test('is of a new payment each time when none is named', async () => {
    await withStore();
    const receipts = [await run('receipt', '--product', 'a'), await run('receipt', '--product', 'a')];
    const found = await Promise.all(receipts.map(({ lines }) => taken(lines[0]!)));
    expect(new Set(found.map((each) => each.ok && each.transaction)).size).toBe(2);
  });

  test('is refused with what to do while there is no key for the test store', async () => {
    await run('keys', 'generate');
    await expect(run('receipt', '--product', 'a')).rejects.toThrow('set SANDAI_TEST_STORE_KEY');
  });

  test.each([
    ['a product of another form', ['--product', 'gems 500']],
    ['no product', []],
    ['a payment with a space', ['--product', 'a', '--transaction', 'pay ment']],
    ['a tenant of another form', ['--product', 'a', '--tenant', 'A']],
  ])('is refused with %s', async (_case, args) => {
    await withStore();
    await expect(run('receipt', ...args)).rejects.toMatchObject({ name: 'CommanderError' });
  });
});
