import { createDecoder, createVerifier } from 'fast-jwt';
import type { PlayerId, SessionId, TenantId } from '../events/ids.ts';
import type { KeyRing } from './key-ring.ts';
import { type OperatorRole, type TokenClaims, tokenAudience, tokenClaims, tokenIssuer } from './session-token.ts';

type Bearer = { readonly tenant: TenantId; readonly sessionId: SessionId; readonly expiresAt: number };

/** Who a verified token speaks for.
 *  @property expiresAt seconds since 1970 */
export type Principal =
  | (Bearer & { readonly kind: 'player'; readonly playerId: PlayerId; readonly roles: readonly string[] })
  | (Bearer & { readonly kind: 'operator'; readonly subject: string; readonly roles: readonly OperatorRole[] });

/** Either who is calling, or why the token does not count. `expired` = it was valid once, refresh it. */
export type Verdict =
  | { readonly ok: true; readonly principal: Principal }
  | { readonly ok: false; readonly reason: 'expired' | 'revoked' | 'invalid' };

/** @property now       ms since 1970
 *  @property isRevoked asked on each call, so it must answer from memory
 *  @property cacheSize verified tokens remembered at least; at most twice as many are kept */
export type VerifierOptions = {
  readonly ring: KeyRing;
  readonly now: () => number;
  readonly isRevoked: (sessionId: SessionId, tenant: TenantId) => boolean;
  readonly cacheSize?: number;
};

type Verified = { readonly verdict: Verdict & { ok: true }; readonly usableUntil: number; readonly generation: number };

const invalid: Verdict = { ok: false, reason: 'invalid' };
const expired: Verdict = { ok: false, reason: 'expired' };
const revoked: Verdict = { ok: false, reason: 'revoked' };
const longestToken = 4096;

/** Verifies session and operator tokens. A signature is computed once per token and key ring; expiry, revocation and
 *  the key's presence in the ring are checked on each call. Only valid tokens enter the cache, so junk cannot empty it. */
export function createTokenVerifier({
  ring,
  now,
  isRevoked,
  cacheSize = 10_000,
}: VerifierOptions): (token: string) => Verdict {
  const check = createSignatureCheck(ring);
  // two generations instead of a list in order of use: a hit in the young one moves nothing
  let young = new Map<string, Verified>();
  let old = new Map<string, Verified>();

  const remember = (token: string, entry: Verified): void => {
    if (young.size >= cacheSize) {
      old = young;
      young = new Map();
    }
    young.set(token, entry);
  };
  const recall = (token: string): Verified | undefined => {
    const entry = young.get(token) ?? old.get(token);
    if (entry && !young.has(token)) remember(token, entry);
    return entry;
  };

  return (token) => {
    const nowMs = now();
    let entry = recall(token);
    if (!entry || entry.generation !== ring.generation() || nowMs >= entry.usableUntil) {
      young.delete(token);
      old.delete(token);
      const fresh = check(token, nowMs);
      if (!fresh) return invalid;
      if (nowMs >= fresh.verdict.principal.expiresAt * 1000) return expired;
      remember(token, fresh);
      entry = fresh;
    }
    const { sessionId, tenant } = entry.verdict.principal;
    return isRevoked(sessionId, tenant) ? revoked : entry.verdict;
  };
}

/** The last character of a 32-byte signature carries four bits: others would be second spellings of the same token. */
const hasCanonicalEnd = /[AEIMQUYcgkosw048]$/;

function createSignatureCheck(ring: KeyRing): (token: string, nowMs: number) => Verified | null {
  const decode = createDecoder({ complete: true });
  const verifiers = new WeakMap<object, (token: string) => unknown>();

  return (token, nowMs) => {
    if (token.length > longestToken || !hasCanonicalEnd.test(token)) return null;
    try {
      const { header } = decode(token) as { header: { kid?: unknown } };
      const key = typeof header.kid === 'string' ? ring.verifyingKey(header.kid, nowMs) : undefined;
      if (!key) return null;
      let verify = verifiers.get(key);
      if (!verify) {
        verify = createVerifier({
          key: key.secret.export(),
          algorithms: ['HS256'],
          checkTyp: 'jwt',
          allowedIss: tokenIssuer,
          allowedAud: tokenAudience,
          ignoreExpiration: true,
        });
        verifiers.set(key, verify);
      }
      const claims = tokenClaims.safeParse(verify(token));
      if (!claims.success) return null;
      const usableUntil = Math.min(claims.data.exp * 1000, key.usableUntil);
      return { verdict: { ok: true, principal: principalOf(claims.data) }, usableUntil, generation: ring.generation() };
    } catch {
      // every error here says that the token is malformed or not signed by us
      return null;
    }
  };
}

function principalOf(claims: TokenClaims): Principal {
  const bearer: Bearer = {
    tenant: claims.tenant as TenantId,
    sessionId: claims.sid as SessionId,
    expiresAt: claims.exp,
  };
  return claims.typ === 'session'
    ? { ...bearer, kind: 'player', playerId: claims.sub as PlayerId, roles: claims.roles }
    : { ...bearer, kind: 'operator', subject: claims.sub, roles: claims.roles };
}
