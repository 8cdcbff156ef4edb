import type { FastifyRequest } from 'fastify';
import type { Caller, SignedIn } from './caller.ts';
import { Problem } from './problem.ts';

/** The player who calls a route for players. */
export function playerOf({ caller }: FastifyRequest): Extract<Caller, { kind: 'player' }> {
  if (caller.kind !== 'player') throw new Problem('FORBIDDEN');
  return caller;
}

/** Whoever calls a route that needs a token. */
export function signedInOf({ caller }: FastifyRequest): SignedIn {
  if (caller.kind === 'anonymous') throw new Problem('UNAUTHENTICATED');
  return caller;
}
