import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { unauthenticated } from './authentication.ts';
import { isLoopback } from './client-address.ts';
import type { Dependencies } from './dependencies.ts';
import { jsonType } from './error-handler.ts';
import { Problem } from './problem.ts';
import { answers } from './route.ts';

const health = z.object({
  status: z.enum(['ready', 'not ready']),
  dependencies: z.record(z.string(), z.enum(['up', 'down'])).meta({ example: { database: 'up' } }),
  warnings: z.array(z.string()),
});

/** From a program on this machine, and not passed on by a proxy. */
const isDirectLoopback = ({ socket, headers }: FastifyRequest): boolean =>
  isLoopback(socket.remoteAddress ?? '') && headers['x-forwarded-for'] === undefined && headers.forwarded === undefined;

function mayScrape(request: FastifyRequest): void {
  const { caller } = request;
  if (caller.kind === 'service' && caller.scopes.includes('metrics')) return;
  if (isDirectLoopback(request)) return;
  throw caller.kind === 'anonymous' ? unauthenticated('UNAUTHENTICATED') : new Problem('FORBIDDEN');
}

/** What operators and their tools ask. */
export function operationsRoutes(instance: FastifyInstance, { metrics, health: ask }: Dependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const exempt = { rights: [], unlimited: true } as const;

  app.get(
    '/healthz',
    {
      schema: {
        tags: ['operations'],
        summary: 'Whether the process lives',
        response: answers({ 200: z.object({ status: z.literal('ok') }) }),
      },
      config: { access: exempt },
    },
    (_request, reply) => reply.type(jsonType).send('{"status":"ok"}'),
  );

  app.get(
    '/readyz',
    {
      schema: {
        tags: ['operations'],
        summary: 'Whether requests can be served',
        response: answers({ 200: health, 503: health }),
      },
      config: { access: exempt },
    },
    async (_request, reply) => {
      const { ready, dependencies, warnings } = await ask();
      const body = { status: ready ? 'ready' : 'not ready', dependencies, warnings };
      return reply
        .code(ready ? 200 : 503)
        .headers(ready ? {} : { 'retry-after': '1' })
        .type(jsonType)
        .send(JSON.stringify(body));
    },
  );

  app.get(
    '/metrics',
    {
      schema: {
        tags: ['operations'],
        summary: 'Numbers for Prometheus',
        description: 'From this machine itself, or with a service key of scope `metrics`.',
        response: answers({
          200: {
            description: 'Prometheus text format',
            content: { 'text/plain': { schema: z.string().meta({ example: 'process_cpu_seconds_total 1.5' }) } },
          },
        }),
      },
      config: { access: { rights: [] }, contract: { errors: ['UNAUTHENTICATED', 'FORBIDDEN'] } },
    },
    async (request, reply) => {
      mayScrape(request);
      return reply.type(metrics.contentType).send(await metrics.text());
    },
  );
}
