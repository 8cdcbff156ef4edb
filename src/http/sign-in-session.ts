import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { NewSession } from '../commands/sign-in.ts';
import type { PlayerId, SessionId, TenantId } from '../events/ids.ts';
import { hashRefreshToken, newRefreshToken } from '../security/refresh-token.ts';
import { tenantOfRequest } from './authentication.ts';
import type { Dependencies } from './dependencies.ts';
import type { RateLimiter } from './rate-limit.ts';
import { createSignInPolicy } from './sign-in-policy.ts';

/** What all ways to sign in share: the tenant of a request, how often they may be used, a new session, and the answer with its tokens. */
export function createSignInSession(dependencies: Dependencies & { readonly limiter: RateLimiter }) {
  const { ring, settings, tenants, now } = dependencies;
  const { sessionTtlSeconds, refreshTtlSeconds, familyTtlSeconds } = settings.tokens;
  const later = (seconds: number): string => new Date(now() + seconds * 1000).toISOString();

  const policy = createSignInPolicy(dependencies);

  return {
    later,
    countAddress: policy.countAddress,
    countDevice: policy.countDevice,
    tenantOf(request: FastifyRequest) {
      const given = request.headers['x-client-key'];
      return tenantOfRequest(
        { clientKey: typeof given === 'string' ? given : undefined, caller: request.caller },
        tenants,
        { clientKey: ring.keys().defaultClientKey, allowed: settings.http.defaultTenantWithoutClientKey },
      );
    },
    /** @returns the session to start, without whom it is for; and its refresh token */
    start(
      request: FastifyRequest,
      reply: FastifyReply,
    ): { session: Omit<NewSession, 'linkTo' | 'playerIdOf'>; refreshToken: string } {
      const sessionId = randomUUID() as SessionId;
      const refreshToken = newRefreshToken(sessionId);
      return {
        refreshToken,
        session: {
          sessionId,
          admitNewPlayer: policy.newPlayerOf(request, reply),
          client: { ip: request.ip, userAgent: request.headers['user-agent']?.slice(0, 256) ?? null },
          refreshHash: hashRefreshToken(ring.keys().refresh, refreshToken),
          refreshExpiresAt: later(Math.min(refreshTtlSeconds, familyTtlSeconds)),
          familyExpiresAt: later(familyTtlSeconds),
        },
      };
    },
    tokenBody(tenant: TenantId, playerId: PlayerId, sessionId: SessionId, refreshToken: string): string {
      const nowMs = now();
      const nakama = dependencies.issueNakamaToken({ playerId, username: playerId, ttlS: sessionTtlSeconds, nowMs });
      const session = dependencies.issueTokens.session({ tenant, playerId, sessionId, ttlS: sessionTtlSeconds, nowMs });
      return JSON.stringify({
        player_id: playerId,
        nakama_token: nakama,
        session_token: session.token,
        refresh_token: refreshToken,
        expires_in: sessionTtlSeconds,
      });
    },
  };
}
