import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { KeysError } from './errors.ts';
import type { StoredKeys } from './key-material.ts';
import { parseKeys } from './key-overrides.ts';

/** Where a secret lies in Vault, and how to be let in: with a token, its file, or a role (AppRole).
 *  @property path  mount of a key-value store of version 2, a slash, and the name of the secret: `secret/sandai` */
export type VaultOptions = {
  readonly address: string;
  readonly path: string;
  readonly namespace?: string | undefined;
  readonly token?: string | undefined;
  readonly tokenFile?: string | undefined;
  readonly roleId?: string | undefined;
  readonly secretId?: string | undefined;
  readonly secretIdFile?: string | undefined;
};

/** Reads the secret anew.
 *  @throws KeysError saying what is wrong, and never a token or a key */
export type ReadVault = () => Promise<Partial<StoredKeys>>;

const timeoutMs = 5_000;

const secretAnswer = z.object({ data: z.object({ data: z.record(z.string(), z.unknown()) }) });
const loginAnswer = z.object({ auth: z.object({ client_token: z.string().min(1) }) });

/** What an operator can do about a status; Vault's own words may quote what it was sent. */
const advice: Readonly<Record<number, string>> = {
  400: 'does not take the role or its secret id (400): check vault.roleId and vault.secretId',
  403: 'refuses access (403): check the token or role, and that its policy lets it read the path',
  404: 'has no such secret (404): check vault.path, and that it is of a key-value store of version 2',
  429: 'is a standby (429): give the address of the active node',
  472: 'is a standby (472): give the address of the active node',
  501: 'is not initialised (501)',
  503: 'is sealed or in maintenance (503): unseal it',
};

/** Keys in one secret of HashiCorp Vault, each under its name in the keys file: as JSON, or as text in the form of its environment
 *  variable. Fields that are no keys are left alone.
 *  @see https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2 */
export function createVault(options: VaultOptions): ReadVault {
  const { address, path, namespace } = options;
  const [mount = '', ...name] = path.split('/');
  let loggedIn: string | undefined;

  const ask = async (route: string, headers: Record<string, string>, body?: object): Promise<Response> => {
    try {
      return await fetch(new URL(`/v1/${route}`, address), {
        method: body === undefined ? 'GET' : 'POST',
        headers: { 'x-vault-request': 'true', ...(namespace && { 'x-vault-namespace': namespace }), ...headers },
        // a token goes where it was meant to go
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
        ...(body && { body: JSON.stringify(body) }),
      });
    } catch (error) {
      throw unreachable(address, error);
    }
  };
  const parsed = async <T>(response: Response, shape: z.ZodType<T>): Promise<T> => {
    if (!response.ok)
      throw new KeysError([`Vault at ${address} ${advice[response.status] ?? `answers ${response.status}`}`]);
    const found = shape.safeParse(await response.json().catch(() => undefined));
    if (!found.success)
      throw new KeysError([`Vault at ${address} answers in another form: is it Vault, and the store of version 2?`]);
    return found.data;
  };

  const logIn = async (): Promise<string> => {
    const secretId = options.secretId ?? fileText('vault.secretIdFile', options.secretIdFile);
    const answer = await ask('auth/approle/login', {}, { role_id: options.roleId, secret_id: secretId });
    return (await parsed(answer, loginAnswer)).auth.client_token;
  };
  const tokenNow = async (): Promise<string | undefined> => {
    if (options.roleId !== undefined) {
      loggedIn ??= await logIn();
      return loggedIn;
    }
    return options.token ?? fileText('vault.tokenFile', options.tokenFile);
  };
  const read = async (): Promise<Response> => {
    const token = await tokenNow();
    return ask(`${mount}/data/${name.join('/')}`, token === undefined ? {} : { 'x-vault-token': token });
  };

  return async () => {
    let response = await read();
    if (response.status === 403 && loggedIn !== undefined) {
      // what a login gives ends with its lease
      loggedIn = undefined;
      response = await read();
    }
    const { data } = (await parsed(response, secretAnswer)).data;
    const problems: string[] = [];
    const keys = parseKeys(data, `Vault ${path}`, problems);
    if (problems.length > 0) throw new KeysError(problems);
    return keys;
  };
}

function unreachable(address: string, error: unknown): KeysError {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  const reason = name === 'TimeoutError' ? `no answer in ${timeoutMs} ms` : (cause?.code ?? 'no connection');
  return new KeysError([`Vault at ${address} cannot be reached (${reason}): check vault.address and that it runs`]);
}

function fileText(setting: string, path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new KeysError([`${setting} names ${path}, which cannot be read (${(error as NodeJS.ErrnoException).code})`]);
  }
}
