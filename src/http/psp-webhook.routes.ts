import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type PspBody, takePspEvent } from '../commands/psp-event.ts';
import type { TenantId } from '../events/ids.ts';
import { parsePspEvent } from '../security/psp-event.ts';
import { createPspFinder, readSignature, type WebhookSignature } from '../security/webhook-signature.ts';
import { countWebhook } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import { jsonType } from './error-handler.ts';
import { encodeEvents } from './position.ts';
import { Problem } from './problem.ts';
import type { RateLimiter } from './rate-limit.ts';
import { answers } from './route.ts';
import { traceparentOf } from './traceparent.ts';

const bodyLimit = 64 * 1024;

const pspEvent = z.unknown().meta({
  description:
    'An event, signed as it is. `payment.refunded` and `payment.charged_back` take the purchase of the payment back; other types are noted. What cannot be read becomes a dead letter.',
  example: { id: 'evt_1NG8Du', type: 'payment.charged_back', store: 'test', transaction_id: 'payment-4711' },
});

const bodyOf = (bytes: Buffer): PspBody => {
  const hash = createHash('sha256').update(bytes).digest('hex');
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes)
    ? { hash, text, encoding: 'utf8' }
    : { hash, text: bytes.toString('base64'), encoding: 'base64' };
};

/** Where payment service providers tell what became of payments. */
export function pspWebhookRoutes(
  instance: FastifyInstance,
  dependencies: Dependencies & { readonly limiter: RateLimiter },
): void {
  const { runtime, limiter, ring, tenants, now } = dependencies;
  const findTenant = createPspFinder(ring);

  const signatureOf = ({ headers }: FastifyRequest): WebhookSignature | null => {
    const header = headers['sandai-signature'];
    return typeof header === 'string' ? readSignature(header, now()) : null;
  };
  const signerOf = async (request: FastifyRequest, bytes: Buffer): Promise<TenantId | null> => {
    const signature = signatureOf(request);
    const tenant = signature === null ? null : findTenant(signature, bytes);
    return tenant !== null && (await tenants.isEnabled(tenant)) ? tenant : null;
  };

  instance.register(async (scope) => {
    // what is signed are the bytes, whatever they are called
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, bytes, done) => done(null, bytes));
    scope.withTypeProvider<ZodTypeProvider>().post(
      '/v1/psp/webhook',
      {
        bodyLimit,
        // before the body is read: what nobody can have signed is not looked at
        onRequest: async (request, reply) => {
          if (signatureOf(request) !== null) return;
          throw countWebhook(limiter, request, reply, null) ?? new Problem('WEBHOOK_SIGNATURE_INVALID');
        },
        schema: {
          tags: ['economy'],
          summary: 'Take an event of a payment service provider',
          description:
            'Needs `Sandai-Signature: t=<unix s>,v1=<hex HMAC-SHA256(secret, t.body)>`, at most 5 minutes old; the secret names the tenant. While a secret is changed, several v1 may stand there. The same event again is answered alike and changes nothing, for ever.',
          headers: z.looseObject({
            'sandai-signature': z
              .string()
              .optional()
              .meta({ example: `t=1772359200,v1=${'5d41402a'.repeat(8)}` }),
          }),
          body: pspEvent,
          response: answers({ 202: z.object({ accepted: z.literal(true) }) }),
        },
        config: {
          access: { rights: [], ownLimit: true },
          contract: { errors: ['WEBHOOK_SIGNATURE_INVALID'] },
        },
      },
      async (request, reply) => {
        const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const tenant = await signerOf(request, bytes);
        const exceeded = countWebhook(limiter, request, reply, tenant === null ? null : `psp/${tenant}`);
        if (exceeded !== undefined) throw exceeded;
        if (tenant === null) throw new Problem('WEBHOOK_SIGNATURE_INVALID');
        const body = bodyOf(bytes);
        const event = body.encoding === 'utf8' ? parsePspEvent(body.text) : null;
        const { events } = await takePspEvent(runtime, event, body, {
          tenant,
          actor: 'psp',
          correlationId: request.id,
          traceparent: traceparentOf(request),
          now: now(),
        });
        if (events.length > 0) reply.header('sandai-position', encodeEvents(runtime.log.info.logId, events));
        return reply.code(202).type(jsonType).send('{"accepted":true}');
      },
    );
  });
}
