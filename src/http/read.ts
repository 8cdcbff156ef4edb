import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { LogPosition } from '../event-store/port.ts';
import { vary } from './cors.ts';
import type { Dependencies } from './dependencies.ts';
import { jsonType } from './error-handler.ts';
import { parseWaitFor } from './position.ts';
import { Problem } from './problem.ts';

type Waiting = Pick<Dependencies, 'reads' | 'runtime' | 'settings'>;

async function waitFor(
  request: FastifyRequest,
  { runtime, settings }: Waiting,
  waits: readonly ((position: LogPosition, timeoutMs: number) => Promise<boolean>)[],
): Promise<void> {
  const wanted = request.headers['sandai-wait-for'];
  if (wanted === undefined) return;
  const position = parseWaitFor(wanted, runtime.log.info);
  const reached = await Promise.all(waits.map((wait) => wait(position, settings.reads.maxWaitMs)));
  if (reached.includes(false)) throw new Problem('READ_MODEL_BEHIND', [], { 'retry-after': '1' });
}

/** Waits until the rows of read models hold the position in Sandai-Wait-For, if the request has one.
 *  @throws Problem when they do not in time, or the position cannot be read */
export const waitForRows = (request: FastifyRequest, waiting: Waiting, readModels: readonly string[]): Promise<void> =>
  waitFor(
    request,
    waiting,
    readModels.map((name) => (position, timeoutMs) => waiting.reads.waitForRows(name, position, timeoutMs)),
  );

/** As {@link waitForRows}, for the ranked boards and the rows that go with them. */
export const waitForBoards = (
  request: FastifyRequest,
  waiting: Waiting,
  readModels: readonly string[],
): Promise<void> =>
  waitFor(request, waiting, [
    waiting.reads.waitForBoards,
    ...readModels.map(
      (name) => (position: LogPosition, timeoutMs: number) => waiting.reads.waitForRows(name, position, timeoutMs),
    ),
  ]);

/** As {@link waitForRows}, for experiments and configurations in memory. */
export const waitForConfig = (request: FastifyRequest, waiting: Waiting): Promise<void> =>
  waitFor(request, waiting, [waiting.reads.waitForConfig]);

/** Whether one of the tags in an If-None-Match header is the answer's. */
const matches = (header: string, etag: string): boolean =>
  header.trim() === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);

/** Sends what was read with its ETag, or 304 when the client has it.
 *  @param how.etag   in place of one that is made of the body
 *  @param how.maxAge seconds for which the client need not ask again; left out = it always asks */
export function sendRead(
  request: FastifyRequest,
  reply: FastifyReply,
  body: object,
  how: { readonly etag?: string; readonly maxAge?: number } = {},
): FastifyReply {
  const text = JSON.stringify(body);
  const etag = how.etag ?? `"${hash('sha256', text, 'base64url').slice(0, 27)}"`;
  const caching = how.maxAge === undefined ? 'no-cache' : `max-age=${how.maxAge}`;
  reply.header('etag', etag).header('cache-control', `private, ${caching}`);
  vary(reply, 'Authorization');
  const known = request.headers['if-none-match'];
  if (known !== undefined && matches(known, etag)) return reply.code(304).send();
  return reply.type(jsonType).send(text);
}
