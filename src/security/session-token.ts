import { createSigner } from 'fast-jwt';
import { z } from 'zod';
import type { PlayerId, SessionId, TenantId } from '../events/ids.ts';
import type { KeyRing } from './key-ring.ts';
import { maxTokenLifeS } from './keys.ts';

export const tokenIssuer = 'sandai';
export const tokenAudience = 'sandai';

/** Roles of operators: `ops` runs the game (withdraw, refund, notify), `admin` may also change it (seasons, config, erasure). */
export const operatorRoles = ['admin', 'ops'] as const;
export type OperatorRole = (typeof operatorRoles)[number];

const uuid = z.uuid().refine((id) => !/^[0-]+$/.test(id), 'must not be the nil UUID');
const common = {
  tenant: z.string().regex(/^[a-z0-9-]{1,32}$/),
  sid: z.string().min(1).max(64),
  iss: z.literal(tokenIssuer),
  aud: z.literal(tokenAudience),
  iat: z.int().nonnegative(),
  exp: z.int().positive(),
};

/** Claims of the two kinds of token that the façade takes as Bearer; times in seconds since 1970. */
export const tokenClaims = z.discriminatedUnion('typ', [
  z.object({ ...common, typ: z.literal('session'), sub: uuid, roles: z.array(z.string()).max(16) }),
  z.object({
    ...common,
    typ: z.literal('operator'),
    sub: z.string().min(1).max(64),
    roles: z.array(z.enum(operatorRoles)).min(1),
  }),
]);
export type TokenClaims = z.infer<typeof tokenClaims>;

type TokenGrant = {
  readonly tenant: TenantId;
  readonly sessionId: SessionId;
  readonly ttlS: number;
  readonly nowMs: number;
};

/** Who a session token is for.
 *  @property ttlS life in seconds, at most {@link maxTokenLifeS} */
export type SessionGrant = TokenGrant & { readonly playerId: PlayerId; readonly roles?: readonly string[] };

/** Who an operator token is for.
 *  @property subject name of the person or tool, for the audit log
 *  @property ttlS    life in seconds, at most {@link maxTokenLifeS} */
export type OperatorGrant = TokenGrant & { readonly subject: string; readonly role: OperatorRole };

/** @property expiresAt seconds since 1970 */
export type IssuedToken = { readonly token: string; readonly expiresAt: number };

export type TokenIssuer = {
  /** @throws RangeError when the life is not 1 s to 24 h; ZodError when an id has the wrong form */
  readonly session: (grant: SessionGrant) => IssuedToken;
  /** @throws as `session` */
  readonly operator: (grant: OperatorGrant) => IssuedToken;
};

/** Makes session and operator tokens: HS256 JWTs, signed with the newest active key of the ring, `kid` in the header. */
export function createTokenIssuer(ring: KeyRing): TokenIssuer {
  const sign = createRingSigner(ring);
  const issue = (grant: TokenGrant, own: { typ: 'session' | 'operator'; sub: string; roles: readonly string[] }) => {
    if (!Number.isInteger(grant.ttlS) || grant.ttlS < 1 || grant.ttlS > maxTokenLifeS) {
      throw new RangeError(`a token lives 1 to ${maxTokenLifeS} seconds, not ${grant.ttlS}`);
    }
    const iat = Math.floor(grant.nowMs / 1000);
    const exp = iat + grant.ttlS;
    const fixed = { iss: tokenIssuer, aud: tokenAudience, iat, exp };
    const claims = tokenClaims.parse({ ...own, tenant: grant.tenant, sid: grant.sessionId, ...fixed });
    return { token: sign(claims, grant.nowMs), expiresAt: exp };
  };
  return {
    session: (grant) => issue(grant, { typ: 'session', sub: grant.playerId, roles: grant.roles ?? [] }),
    operator: (grant) => issue(grant, { typ: 'operator', sub: grant.subject, roles: [grant.role] }),
  };
}

function createRingSigner(ring: KeyRing): (claims: TokenClaims, nowMs: number) => string {
  let current: { key: object; sign: (claims: TokenClaims) => string } | undefined;
  return (claims, nowMs) => {
    const key = ring.signingKey(nowMs);
    if (current?.key !== key) {
      current = { key, sign: createSigner({ algorithm: 'HS256', key: key.secret.export(), kid: key.kid }) };
    }
    return current.sign(claims);
  };
}
