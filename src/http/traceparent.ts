import type { FastifyRequest } from 'fastify';

const form = /^[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The W3C trace context of a request; undefined when it has none, or none that is valid. */
export function traceparentOf({ headers }: FastifyRequest): string | undefined {
  const { traceparent } = headers;
  return typeof traceparent === 'string' && form.test(traceparent) && !traceparent.startsWith('ff')
    ? traceparent
    : undefined;
}
