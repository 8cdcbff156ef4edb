import type { PlayerId, SessionId, TenantId } from '../events/ids.ts';
import type { ServiceKey, ServiceScope } from '../security/service-keys.ts';
import type { Principal } from '../security/token-verifier.ts';

type Known = {
  readonly tenant: TenantId;
  /** Who acts, as events and idempotency scopes name it. */
  readonly actor: string;
};

/** Who sent a request. `anonymous` = without a Bearer token. */
export type Caller =
  | { readonly kind: 'anonymous' }
  | (Known & { readonly kind: 'player'; readonly playerId: PlayerId; readonly sessionId: SessionId })
  | (Known & { readonly kind: 'operator'; readonly roles: readonly string[] })
  | (Known & { readonly kind: 'service'; readonly scopes: readonly ServiceScope[] });

export type SignedIn = Exclude<Caller, { kind: 'anonymous' }>;

export const anonymous: Caller = { kind: 'anonymous' };

export function callerOfToken(principal: Principal): SignedIn {
  const { tenant, sessionId } = principal;
  if (principal.kind === 'player')
    return { kind: 'player', tenant, actor: principal.playerId, playerId: principal.playerId, sessionId };
  return { kind: 'operator', tenant, actor: `operator:${principal.subject}`, roles: principal.roles };
}

export const callerOfKey = ({ tenant, keyId, scopes }: ServiceKey): SignedIn => ({
  kind: 'service',
  tenant,
  actor: `service:${keyId}`,
  scopes,
});

/** What a caller must be, one of these: `player`; operator role `ops` (admins may do what they may) or `admin`; or a
 *  service key's scope. */
export type Right = 'player' | 'ops' | 'admin' | `scope:${ServiceScope}`;

export function isAllowed(caller: SignedIn, rights: readonly Right[]): boolean {
  if (caller.kind === 'player') return rights.includes('player');
  if (caller.kind === 'service')
    return caller.scopes.some(
      (scope) => rights.includes(`scope:${scope}`) || (scope === 'ops' && rights.includes('ops')),
    );
  return (
    (rights.includes('admin') && caller.roles.includes('admin')) ||
    (rights.includes('ops') && caller.roles.some((role) => role === 'ops' || role === 'admin'))
  );
}
