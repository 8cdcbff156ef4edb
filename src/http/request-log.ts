import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { hashId } from '../security/log-hash.ts';
import type { Dependencies } from './dependencies.ts';

const requestId = /^[\w.-]{1,128}$/;

/** Whether a client's X-Request-Id may be kept. */
export const isRequestId = (text: unknown): text is string => typeof text === 'string' && requestId.test(text);

/** Hashes of ids seen lately, so that a busy client is hashed once. */
function createHasher({ ring }: Pick<Dependencies, 'ring'>): (value: string) => string {
  const hashes = new Map<string, string>();
  return (value) => {
    let hash = hashes.get(value);
    if (hash === undefined) {
      if (hashes.size > 20_000) hashes.clear();
      hash = hashId(ring.keys().logHash, value);
      hashes.set(value, hash);
    }
    return hash;
  };
}

/** Writes one line per request: nothing in it names a person or device but keyed hashes. */
export function createRequestLog({
  log,
  ring,
}: {
  readonly log: Logger;
  readonly ring: Dependencies['ring'];
}): (request: FastifyRequest, reply: FastifyReply) => void {
  const hash = createHasher({ ring });
  return (request, reply) => {
    if (!log.isLevelEnabled('info')) return;
    const { caller } = request;
    log.info(
      {
        req_id: request.id,
        method: request.method,
        route: request.route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 100) / 100,
        ip: hash(request.ip ?? ''),
        ...(caller.kind === 'anonymous' ? {} : { tenant: caller.tenant, as: caller.kind, caller: hash(caller.actor) }),
      },
      'request',
    );
  };
}
