import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that answers like HashiCorp Vault where Sandai asks it: a key-value store of version 2, and AppRole logins.
 *  @see https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2, …/auth/approle */
export type VaultServer = {
  readonly url: string;
  /** What lies at `secret/sandai`; undefined = nothing. */
  secret: Record<string, unknown> | undefined;
  /** Answers everything with this status, as a sealed or failing Vault does; null = answers. */
  failing: number | null;
  /** Tokens that may read. */
  readonly tokens: Set<string>;
  readonly logins: number;
  close(): Promise<void>;
};

export const rootToken = 'hvs.root-of-the-tests';
export const role = { roleId: '3d9f0e7a-role', secretId: '77aa0c1e-secret' };

export async function startVault(secret?: Record<string, unknown>): Promise<VaultServer> {
  const tokens = new Set([rootToken]);
  let logins = 0;
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (vault.failing !== null) return answer(vault.failing, { errors: ['Vault is sealed'] });
    if (request.url === '/v1/auth/approle/login') {
      const { role_id, secret_id } = JSON.parse(text);
      if (role_id !== role.roleId || secret_id !== role.secretId)
        return answer(400, { errors: [`invalid role or secret ID ${secret_id}`] });
      logins += 1;
      const token = `hvs.login-${logins}`;
      tokens.add(token);
      return answer(200, {
        auth: { client_token: token, lease_duration: 3600, renewable: true, token_type: 'service' },
      });
    }
    if (!tokens.has(String(request.headers['x-vault-token']))) return answer(403, { errors: ['permission denied'] });
    if (request.url !== '/v1/secret/data/sandai') return answer(404, { errors: [] });
    // a deleted version is a 404 with metadata
    if (vault.secret === undefined)
      return answer(404, { data: { data: null, metadata: { version: 2, destroyed: false } } });
    return answer(200, { data: { data: vault.secret, metadata: { version: 1, destroyed: false } } });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const vault: VaultServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secret,
    failing: null,
    tokens,
    get logins() {
      return logins;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return vault;
}
