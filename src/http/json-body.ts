import type { FastifyInstance } from 'fastify';
import { Problem } from './problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it was sent, before a schema parsed it: what the idempotency fingerprint is taken of. */
    sentBody: unknown;
  }
}

/** Takes JSON bodies and nothing else. An empty one counts as none. */
export function acceptJson(app: FastifyInstance): void {
  app.decorateRequest('sentBody', undefined);
  app.removeAllContentTypeParsers();
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (text === '') return done(null, undefined);
    parse(request, text, (error, value) => {
      if (error) return done(new Problem('MALFORMED_JSON'));
      request.sentBody = value;
      done(null, value);
    });
  });
}
