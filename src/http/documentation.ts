import helmet from '@fastify/helmet';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonType } from './error-handler.ts';
import { openapiOptions } from './openapi.ts';
import { securityHeaders } from './security-headers.ts';

/** Below it are pages, not the API: they answer everybody, and say so nowhere else. */
export const pagesPrefix = '/docs';

/** /openapi.json, made from the routes' own schemas, and pages for it at /docs that need no other server. */
export async function documentation(app: FastifyInstance): Promise<void> {
  await app.register(swagger, openapiOptions);
  let text: string | undefined;
  app.get('/openapi.json', { schema: { hide: true }, config: { access: { rights: [] } } }, (_request, reply) => {
    text ??= JSON.stringify(app.swagger());
    return reply.type(jsonType).header('cache-control', 'no-cache').send(text);
  });
  await app.register(async (pages) => {
    pages.addHook('onRequest', (_request, reply, done) => {
      for (const name of Object.keys(securityHeaders)) reply.removeHeader(name); // helmet sets those of pages
      done();
    });
    await pages.register(helmet, {
      contentSecurityPolicy: {
        directives: {
          defaultSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          styleSrc: ["'self'", "'unsafe-inline'"], // the pages' own script sets styles
          scriptSrc: ["'self'"],
          upgradeInsecureRequests: null, // they are served over plain HTTP on a developer's machine
        },
      },
    });
    await pages.register(swaggerUi, { routePrefix: pagesPrefix, uiConfig: { url: '/openapi.json' } });
  });
}
