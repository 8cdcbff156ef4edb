import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from './problem.ts';

/** What pages of other origins may do: nothing, unless their origin is in the list, to the letter.
 *  @property greet     tells a page of a listed origin that it may read the answer; in every answer, errors too
 *  @property preflight answers a browser's question before a request of such a page; false = it is none, or of nobody listed
 *
 *  Ours instead of @fastify/cors, which takes OPTIONS of every address there is and is not, uncounted, and answers in words of its own
 *  where the question is incomplete. Here it is an OPTIONS like any other: counted as anonymous, 404 and 405 as without a list. */
export type Cors = {
  greet(request: FastifyRequest, reply: FastifyReply): void;
  preflight(request: FastifyRequest, reply: FastifyReply, refusal: Problem): boolean;
};

const allowedHeaders = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'Sandai-Wait-For',
  'X-Client-Key',
  'X-Request-Id',
  'traceparent',
].join(', ');
const exposedHeaders = [
  'ETag',
  'Idempotency-Replayed',
  'Location',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'Retry-After',
  'Sandai-Position',
  'X-Request-Id',
].join(', ');
const maxAgeS = '600';

const nobody: Cors = { greet: () => undefined, preflight: () => false };

/** Adds to a Vary header. */
export function vary(reply: FastifyReply, name: string): void {
  const known = reply.getHeader('vary');
  reply.header('vary', known === undefined ? name : `${String(known)}, ${name}`);
}

/** @param origins such as `https://game.example`; none = CORS is off */
export function createCors(origins: readonly string[]): Cors {
  if (origins.length === 0) return nobody;
  const listed = new Set(origins);
  const isListed = (origin: string | undefined): origin is string => origin !== undefined && listed.has(origin);
  return {
    greet({ headers: { origin } }, reply) {
      vary(reply, 'Origin');
      if (!isListed(origin)) return;
      reply.header('access-control-allow-origin', origin).header('access-control-expose-headers', exposedHeaders);
    },
    preflight({ method, headers }, reply, refusal) {
      const { allow } = refusal.headers;
      const asks = headers['access-control-request-method'] !== undefined;
      if (method !== 'OPTIONS' || !asks || !isListed(headers.origin) || allow === undefined) return false;
      vary(reply, 'Access-Control-Request-Method, Access-Control-Request-Headers');
      reply
        .code(204)
        .header('access-control-allow-methods', allow)
        .header('access-control-allow-headers', allowedHeaders)
        .header('access-control-max-age', maxAgeS)
        .send();
      return true;
    },
  };
}
