import type { FastifyRequest } from 'fastify';
import { invalid, Problem } from './problem.ts';

const form = /^[!-~]{1,255}$/;
const structured = /^"((?:[ !#-[\]-~]|\\["\\])*)"$/;

/** The key in an `Idempotency-Key` header, bare or as a structured string (`abc` and `"abc"` are the same key).
 *  @returns null when it is no key of 1 to 255 visible ASCII characters */
export function parseKeyHeader(header: string): string | null {
  let key = header;
  if (header.startsWith('"')) {
    const quoted = structured.exec(header)?.[1];
    if (quoted === undefined) return null;
    key = quoted.replace(/\\(["\\])/g, '$1');
  }
  return form.test(key) ? key : null;
}

const inBody = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'idempotency_key' in body ? body.idempotency_key : undefined;

/** The idempotency key of a request, from the header or the body.
 *  @throws Problem when it has no valid form, or header and body differ */
export function idempotencyKeyOf({ headers, sentBody }: FastifyRequest): string | undefined {
  const header = headers['idempotency-key'];
  const given = inBody(sentBody);
  if (given !== undefined && !(typeof given === 'string' && form.test(given)))
    throw invalid('body.idempotency_key', 'must be 1 to 255 visible ASCII characters');
  if (header === undefined) return given as string | undefined;
  const key = typeof header === 'string' ? parseKeyHeader(header) : null;
  if (key === null)
    throw invalid('header.idempotency-key', 'must be 1 to 255 visible ASCII characters, bare or in quotes');
  if (given !== undefined && given !== key) throw new Problem('IDEMPOTENCY_KEY_MISMATCH');
  return key;
}

/** The key to repeat in an error; undefined when the request carried none that could be read. */
export function keyToRepeat(request: FastifyRequest): string | undefined {
  try {
    return idempotencyKeyOf(request);
  } catch {
    return undefined; // a key that cannot be read is reported by the error itself
  }
}
