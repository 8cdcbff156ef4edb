import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Logger, symbols } from 'pino';
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
export type RequestLog = { line(request: FastifyRequest, reply: FastifyReply): void; flush(): void };

/** What the logger itself puts its lines together from. */
type LoggerParts = {
  readonly [symbols.streamSym]: { write(text: string): void };
  readonly [symbols.timeSym]: () => string;
  readonly [symbols.chindingsSym]: string;
};

const info = 30;
const bufferedLength = 16_384;
const bufferedMs = 100;

/** Lines in the logger's own form, written together: as calls of the logger they were the dearest part of a request.
 *  No value needs escaping: ids are checked, hashes and routes are ours.
 *  @see docs/decisions/0006-hot-path-of-a-request.md */
export function createRequestLog({
  log,
  ring,
}: {
  readonly log: Logger;
  readonly ring: Dependencies['ring'];
}): RequestLog {
  const hash = createHasher({ ring });
  const parts = log as unknown as LoggerParts;
  const stream = parts[symbols.streamSym];
  const bindings = parts[symbols.chindingsSym];
  let text = '';
  let timer: NodeJS.Timeout | undefined;

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (text !== '') stream.write(text);
    text = '';
  };
  return {
    flush,
    line(request, reply) {
      if (!log.isLevelEnabled('info')) return;
      const { caller } = request;
      const who =
        caller.kind === 'anonymous'
          ? ''
          : `,"tenant":"${caller.tenant}","as":"${caller.kind}","caller":"${hash(caller.actor)}"`;
      const ms = Math.round(reply.elapsedTime * 100) / 100;
      text += `{"level":${info}${parts[symbols.timeSym]()}${bindings},"req_id":"${request.id}","method":"${request.method}","route":"${request.route}","status":${reply.statusCode},"ms":${ms},"ip":"${hash(request.ip ?? '')}"${who},"msg":"request"}\n`;
      if (text.length > bufferedLength) flush();
      else timer ??= setTimeout(flush, bufferedMs);
    },
  };
}
