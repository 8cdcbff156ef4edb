import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import { type Authenticate, unauthenticated } from './authentication.ts';
import { anonymous, type Caller, isAllowed, type Right, type SignedIn } from './caller.ts';
import { clientNetwork } from './client-address.ts';
import { Problem } from './problem.ts';
import type { RateLimitClass, RateLimiter, RateLimitState } from './rate-limit.ts';

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller;
    /** Path pattern of the route; it holds no id. */
    route: string;
  }
  interface FastifyContextConfig {
    /** Every route says who may call it. */
    access?: Access;
  }
}

/** Who may call a route.
 *  @property rights      any one of them is enough; none = everybody, also without a token
 *  @property endedCounts whether the token of a revoked session still counts
 *  @property unlimited   whether requests are not counted
 *  @property ownLimit    whether the route counts its requests itself, with {@link countRequest} or {@link countWebhook}:
 *                        they are not counted by address */
export type Access = {
  readonly rights: readonly Right[];
  readonly endedCounts?: boolean;
  readonly unlimited?: boolean;
  readonly ownLimit?: boolean;
};

/** The check at the beginning of a request: who calls, how often, and whether they may. */
export type Guard = (access: Access, route: string) => onRequestHookHandler;

export function setLimitHeaders(reply: FastifyReply, { limit, remaining, resetS }: RateLimitState): void {
  reply.header('ratelimit-limit', limit).header('ratelimit-remaining', remaining).header('ratelimit-reset', resetS);
}

/** Counts a request. @returns the problem when it is one too many */
export function countRequest(
  limiter: RateLimiter,
  reply: FastifyReply,
  limit: RateLimitClass,
  client: string,
): Problem | undefined {
  const state = limiter(limit, client);
  setLimitHeaders(reply, state);
  if (!state.exceeded) return undefined;
  return new Problem('RATE_LIMITED', [], { 'retry-after': String(state.resetS) });
}

/** Counts a webhook once its signature was looked at: a good one by who signed it, any other by address, like whatever
 *  comes without a token. @returns the problem when it is one too many
 *  @param source who signed, for example `psp/<tenant>`; null = the signature is wrong or missing */
export const countWebhook = (
  limiter: RateLimiter,
  request: FastifyRequest,
  reply: FastifyReply,
  source: string | null,
): Problem | undefined =>
  source === null
    ? countRequest(limiter, reply, 'anonymous', clientNetwork(request.ip))
    : countRequest(limiter, reply, 'webhook', source);

/** @param isClosing whether the server is ending and takes no new requests */
export function createGuard(authenticate: Authenticate, limiter: RateLimiter, isClosing: () => boolean): Guard {
  const networks = new Map<string, string>();
  const networkOf = (address: string): string => {
    let network = networks.get(address);
    if (network === undefined) {
      if (networks.size > 10_000) networks.clear();
      network = clientNetwork(address);
      networks.set(address, network);
    }
    return network;
  };
  const decide = (
    request: FastifyRequest,
    reply: FastifyReply,
    found: SignedIn | Problem | null,
    { rights, unlimited, ownLimit }: Access,
  ): Problem | undefined => {
    const caller = found === null || found instanceof Problem ? anonymous : found;
    if (caller.kind !== 'service' && unlimited !== true && ownLimit !== true) {
      const limit = caller.kind === 'anonymous' ? 'anonymous' : 'signedIn';
      const exceeded = countRequest(limiter, reply, limit, networkOf(request.ip));
      if (exceeded !== undefined) return exceeded;
    }
    if (found instanceof Problem) return found;
    request.caller = caller;
    if (rights.length === 0) return undefined;
    if (caller.kind === 'anonymous') return unauthenticated('UNAUTHENTICATED');
    return isAllowed(caller, rights) ? undefined : new Problem('FORBIDDEN');
  };

  return (access, route) => {
    const endedCounts = access.endedCounts === true;
    return (request, reply, done) => {
      request.route = route;
      if (isClosing()) return done(new Problem('OVERLOADED', [], { 'retry-after': '1', connection: 'close' }));
      const { authorization } = request.headers;
      const found = authorization === undefined ? null : authenticate(authorization, endedCounts);
      if (found instanceof Promise) found.then((late) => done(decide(request, reply, late, access)), done);
      else done(decide(request, reply, found, access));
    };
  };
}
