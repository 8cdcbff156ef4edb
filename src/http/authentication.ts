import type { TenantId } from '../events/ids.ts';
import type { ServiceKey } from '../security/service-keys.ts';
import type { TenantDirectory } from '../security/tenants.ts';
import type { Principal, Verdict } from '../security/token-verifier.ts';
import { type Caller, callerOfKey, callerOfToken, type SignedIn } from './caller.ts';
import { Problem } from './problem.ts';

/** @property verifyToken      checks session and operator tokens, from memory
 *  @property verifyEndedToken as `verifyToken`, but a revoked session's token still counts: for repeating a logout
 *  @property verifyServiceKey checks `sk_…` keys
 *  @property now              milliseconds since 1970 */
export type AuthenticationOptions = {
  readonly verifyToken: (token: string) => Verdict;
  readonly verifyEndedToken: (token: string) => Verdict;
  readonly verifyServiceKey: (text: string) => Promise<ServiceKey | null>;
  readonly tenants: TenantDirectory;
  readonly now: () => number;
};

/** Finds out who sent a request. Answers at once where memory knows, so that the hot path waits for nothing.
 *  @param authorization the header, there
 *  @returns the caller; or the problem to answer with */
export type Authenticate = (
  authorization: string,
  endedCounts: boolean,
) => SignedIn | Problem | Promise<SignedIn | Problem>;

const realm = 'Bearer realm="sandai"';

export const unauthenticated = (code: 'UNAUTHENTICATED' | 'TOKEN_EXPIRED', error?: string): Problem =>
  new Problem(code, [], { 'www-authenticate': error === undefined ? realm : `${realm}, error="${error}"` });

/** How long a tenant's being enabled is taken for granted. */
const tenantFreshMs = 1_000;

export function createAuthenticate(options: AuthenticationOptions): Authenticate {
  const { tenants, now } = options;
  const callers = new WeakMap<Principal, SignedIn>();
  const enabledUntil = new Map<TenantId, number>();

  const ifEnabled = async (caller: SignedIn): Promise<SignedIn | Problem> => {
    if (!(await tenants.isEnabled(caller.tenant))) return unauthenticated('UNAUTHENTICATED', 'invalid_token');
    enabledUntil.set(caller.tenant, now() + tenantFreshMs);
    return caller;
  };
  const byServiceKey = async (text: string): Promise<SignedIn | Problem> => {
    const key = await options.verifyServiceKey(text);
    return key === null ? unauthenticated('UNAUTHENTICATED', 'invalid_token') : callerOfKey(key);
  };

  return (authorization, endedCounts) => {
    if (authorization.slice(0, 7).toLowerCase() !== 'bearer ') return unauthenticated('UNAUTHENTICATED');
    const token = authorization.slice(7).trim();
    if (token.startsWith('sk_')) return byServiceKey(token);
    const verdict = endedCounts ? options.verifyEndedToken(token) : options.verifyToken(token);
    if (!verdict.ok)
      return unauthenticated(verdict.reason === 'expired' ? 'TOKEN_EXPIRED' : 'UNAUTHENTICATED', 'invalid_token');
    let caller = callers.get(verdict.principal);
    if (caller === undefined) {
      caller = callerOfToken(verdict.principal);
      callers.set(verdict.principal, caller);
    }
    return (enabledUntil.get(caller.tenant) ?? 0) > now() ? caller : ifEnabled(caller);
  };
}

/** The tenant that a request without a session is about.
 *  @param withoutKey whether no client key means the default tenant
 *  @throws Problem when the client key is unknown, or missing where it must not be */
export async function tenantOfRequest(
  { clientKey, caller }: { readonly clientKey: string | undefined; readonly caller: Caller },
  tenants: TenantDirectory,
  fallback: { readonly clientKey: string; readonly allowed: boolean },
): Promise<{ readonly tenant: TenantId; readonly clientKey: string }> {
  const key = clientKey ?? (fallback.allowed ? fallback.clientKey : '');
  if (caller.kind !== 'anonymous' && clientKey === undefined) return { tenant: caller.tenant, clientKey: key };
  const tenant = await tenants.byClientKey(key);
  if (tenant === null) throw new Problem('CLIENT_KEY_UNKNOWN');
  if (caller.kind !== 'anonymous' && caller.tenant !== tenant) throw new Problem('FORBIDDEN');
  return { tenant, clientKey: key };
}
