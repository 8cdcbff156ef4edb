import type { FastifyReply, FastifyRequest } from 'fastify';
import { countRequest, setLimitHeaders } from './access.ts';
import { clientNetwork } from './client-address.ts';
import type { Metrics } from './metrics.ts';
import { Problem } from './problem.ts';
import type { RateLimiter } from './rate-limit.ts';

/** How often may be signed in, beside the limits of all requests. Service keys are not counted.
 *  @see docs/decisions/0005-rate-limits.md */
export function createSignInPolicy({ limiter, metrics }: { readonly limiter: RateLimiter; readonly metrics: Metrics }) {
  const countByHour = (reply: FastifyReply, limit: 'deviceHour' | 'newPlayer', client: string): Problem | null => {
    const state = limiter(limit, client);
    if (!state.exceeded) return null;
    setLimitHeaders(reply, state);
    metrics.signInDenied(limit);
    return new Problem('RATE_LIMITED', [], { 'retry-after': String(state.resetS) });
  };
  const countByMinute = ({ caller }: FastifyRequest, reply: FastifyReply, client: string): void => {
    const exceeded = caller.kind === 'service' ? undefined : countRequest(limiter, reply, 'device', client);
    if (exceeded !== undefined) throw exceeded;
  };

  return {
    /** Counts what concerns one address, by the minute only: whoever knows an address must not keep its owner out for an hour.
     *  @throws Problem when it is one too many */
    countAddress: countByMinute,
    /** Counts a sign-in with what only its owner has. @throws Problem when it is one too many */
    countDevice(request: FastifyRequest, reply: FastifyReply, client: string): void {
      countByMinute(request, reply, client);
      const denial = request.caller.kind === 'service' ? null : countByHour(reply, 'deviceHour', client);
      if (denial !== null) throw denial;
    },
    /** Counts a request that would make an account, once however often it is asked for. @throws Problem when it is one too many */
    newPlayerOf(request: FastifyRequest, reply: FastifyReply): () => void {
      let denial: Problem | null | undefined = request.caller.kind === 'service' ? null : undefined;
      return () => {
        if (denial === undefined) denial = countByHour(reply, 'newPlayer', clientNetwork(request.ip));
        if (denial !== null) throw denial;
      };
    },
  };
}
