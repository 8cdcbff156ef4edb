import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateKeys, keyNames, type StoredKeys } from '../../src/security/key-material.ts';
import { rotateJwtKeys } from '../../src/security/rotate-keys.ts';
import { rootToken, startVault, type VaultServer } from '../support/vault-server.ts';
import { type TestCluster, testCluster, until } from './support.ts';

let cluster: TestCluster;
let vault: VaultServer;
beforeAll(async () => {
  cluster = await testCluster();
  vault = await startVault(generateKeys(keyNames, new Date()));
});
afterAll(async () => {
  await cluster.stop();
  await vault.close();
});

const settings = () => ({ 'vault.address': vault.url, 'vault.token': rootToken, 'vault.refreshSeconds': '1' });
const kidOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()).kid;

test('a Vault that cannot be asked is a start error that says what to do', async () => {
  vault.failing = 503;
  await expect(cluster.node({ settings: settings() })).rejects.toThrow(/Vault at .* is sealed/);
  vault.failing = null;
  await expect(cluster.node({ settings: { ...settings(), 'vault.token': 'hvs.other' } })).rejects.toThrow(
    /refuses access/,
  );
});

test('keys come from Vault and change with it; a Vault that fails meanwhile changes nothing, and that is told', async () => {
  const node = await cluster.node({ settings: settings() });
  const player = await node.signIn();
  const first = vault.secret as StoredKeys;
  expect(kidOf(player.token)).toBe(first.jwtKeys[0]!.kid);

  vault.secret = rotateJwtKeys({ now: new Date(Date.now() - 120_000) })(first);
  const fresh = await until(
    () => node.signIn(),
    ({ token }) => kidOf(token) === (vault.secret as StoredKeys).jwtKeys[0]!.kid,
  );
  for (const { token } of [player, fresh]) expect((await node.call('/v1/profile', { token })).status).toBe(200);

  const warned = async () => JSON.stringify((await node.call('/readyz')).body.warnings);
  const failures = async () =>
    Number(/^sandai_key_reload_failures (\d+)$/m.exec((await node.call('/metrics')).text)?.[1]);
  expect([await warned(), await failures()]).toEqual([expect.not.stringContaining('Vault'), 0]);
  vault.failing = 503;
  await until(warned, (text) => text.includes('The keys of Vault'));
  expect(await failures()).toBeGreaterThan(0);
  expect((await node.call('/readyz')).body.status).toBe('ready');
  expect((await node.call('/v1/profile', { token: player.token })).status).toBe(200);

  vault.failing = null;
  await until(warned, (text) => !text.includes('Vault'));
});

test('keys that do not continue the old ones are not taken over from Vault', async () => {
  const node = await cluster.node({ settings: settings() });
  const player = await node.signIn();
  vault.secret = { ...vault.secret, pepper: 'A'.repeat(43) };
  await until(
    async () => JSON.stringify((await node.call('/readyz')).body.warnings),
    (text) => text.includes('The keys of Vault'),
  );
  expect((await node.signIn(player.device)).id).toBe(player.id);
});
