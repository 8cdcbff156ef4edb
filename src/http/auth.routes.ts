import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { changeSession } from '../commands/session.ts';
import { anonymousActor, type SignedIn, signInWithDevice } from '../commands/sign-in.ts';
import type { PlayerId } from '../events/ids.ts';
import { deviceHmac, playerIdOf } from '../security/device-id.ts';
import { maxTokenLifeS } from '../security/keys.ts';
import { hashRefreshToken, newRefreshToken, parseRefreshToken } from '../security/refresh-token.ts';
import { authResponse, deviceBody, endedResponse, refreshBody, signInErrors } from './auth.schema.ts';
import { Problem } from './problem.ts';
import type { RateLimiter } from './rate-limit.ts';
import { answers } from './route.ts';
import { createSignInSession } from './sign-in-session.ts';
import type { WritingDependencies } from './write.ts';

type AuthDependencies = WritingDependencies & { readonly limiter: RateLimiter };

const everybody = { rights: [] };

/** Signing in, staying signed in, signing out. */
export function authRoutes(instance: FastifyInstance, dependencies: AuthDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, ring, settings, write, now } = dependencies;
  const { refreshTtlSeconds } = settings.tokens;
  const { countDevice, later, start, tenantOf, tokenBody } = createSignInSession(dependencies);

  app.post(
    '/v1/auth/device',
    {
      schema: {
        tags: ['auth'],
        summary: 'Sign in with a device; its first use makes an account',
        body: deviceBody,
        response: answers({ 200: authResponse }),
      },
      config: {
        access: everybody,
        contract: {
          idempotency: 'required',
          clientKey: true,
          errors: [...signInErrors, 'LINK_NOT_ALLOWED', 'DEVICE_LINKED_TO_ANOTHER_PLAYER'],
        },
      },
    },
    async (request, reply) => {
      const { caller, body } = request;
      const { tenant, clientKey } = await tenantOf(request);
      const isOwner = caller.kind === 'player' && caller.playerId === body.uid;
      if (body.uid !== undefined && !isOwner) throw new Problem('LINK_NOT_ALLOWED');
      const deviceHash = deviceHmac(ring.keys().pepper, tenant, body.device_id);
      countDevice(request, reply, deviceHash);
      const { session, refreshToken } = start(request, reply);
      const command = {
        deviceHash,
        linkTo: isOwner ? caller.playerId : null,
        playerIdOf: (generation: number) => playerIdOf(tenant, deviceHash, generation),
        ...session,
      };
      return write<SignedIn>(request, reply, {
        tenant,
        actor: caller.kind === 'anonymous' ? anonymousActor : caller.actor,
        ...(caller.kind === 'anonymous' && { principal: `client:${clientKey}` }),
        key: 'required',
        sealing: 'tokens',
        run: (context) => signInWithDevice(runtime, command, context),
        answer: ({ playerId }) => tokenBody(tenant, playerId, session.sessionId, refreshToken),
        playerOf: ({ playerId }) => playerId,
      });
    },
  );

  app.post(
    '/v1/auth/refresh',
    {
      schema: {
        tags: ['auth'],
        summary: 'Exchange a refresh token for new tokens',
        description:
          'Each refresh token counts once; using one again ends the sign-in. A retry with the same idempotency key repeats the answer instead.',
        body: refreshBody,
        response: answers({ 200: authResponse }),
      },
      config: {
        access: everybody,
        contract: {
          idempotency: 'optional',
          clientKey: true,
          errors: [
            'CLIENT_KEY_UNKNOWN',
            'FORBIDDEN',
            'REFRESH_TOKEN_INVALID',
            'REFRESH_TOKEN_REUSED',
            'IDEMPOTENCY_KEY_EXPIRED',
          ],
        },
      },
    },
    async (request, reply) => {
      const { tenant, clientKey } = await tenantOf(request);
      const presented = request.body.refresh_token;
      const sessionId = parseRefreshToken(presented)?.sessionId;
      if (sessionId === undefined) throw new Problem('REFRESH_TOKEN_INVALID');
      const refreshToken = newRefreshToken(sessionId);
      const { refresh } = ring.keys();
      return write<{ readonly playerId: PlayerId }>(request, reply, {
        tenant,
        actor: `session:${sessionId}`,
        principal: `client:${clientKey}`,
        key: 'optional',
        sealing: 'tokens',
        run: (context) =>
          changeSession(
            runtime,
            {
              type: 'RefreshSession',
              sessionId,
              presentedHash: hashRefreshToken(refresh, presented),
              refreshHash: hashRefreshToken(refresh, refreshToken),
              refreshExpiresAt: later(refreshTtlSeconds),
              tokensExpireAt: later(maxTokenLifeS),
              now: now(),
            },
            context,
          ),
        answer: ({ playerId }) => tokenBody(tenant, playerId, sessionId, refreshToken),
        playerOf: ({ playerId }) => playerId,
        refusal: (code) => (code === 'SESSION_NOT_FOUND' ? 'REFRESH_TOKEN_INVALID' : code),
      });
    },
  );

  app.post(
    '/v1/auth/logout',
    {
      schema: {
        tags: ['auth'],
        summary: 'End the sign-in of the Bearer token, on all nodes within 2 s',
        description: 'Saying it again is no error.',
        body: z.strictObject({}).nullish(),
        response: answers({ 200: endedResponse }),
      },
      config: { access: { rights: ['player'], endedCounts: true }, contract: { idempotency: 'optional' } },
    },
    async (request, reply) => {
      const { caller } = request;
      if (caller.kind !== 'player') throw new Problem('FORBIDDEN');
      const { sessionId } = caller;
      return write<{ readonly playerId: PlayerId }>(request, reply, {
        tenant: caller.tenant,
        actor: caller.actor,
        key: 'optional',
        run: (context) =>
          changeSession(runtime, { type: 'RevokeSession', sessionId, tokensExpireAt: later(maxTokenLifeS) }, context),
        answer: () => JSON.stringify({ signed_out: true }),
        refusal: () => 'UNAUTHENTICATED',
      });
    },
  );
}
