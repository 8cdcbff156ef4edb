import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { CommandContext } from '../commands/context.ts';
import { anonymousActor, type SignedIn } from '../commands/sign-in.ts';
import { signInWithSocial } from '../commands/social.ts';
import type { SocialAccount } from '../events/social.ts';
import { SocialUnavailable } from '../ports/social-verifier.ts';
import { playerOfSocial, socialAccountOf } from '../security/social-account.ts';
import { authResponse, signInErrors } from './auth.schema.ts';
import { idempotencyKeyField } from './fields.ts';
import { Problem } from './problem.ts';
import type { RateLimiter } from './rate-limit.ts';
import { answers } from './route.ts';
import { createSignInSession } from './sign-in-session.ts';
import type { WritingDependencies } from './write.ts';

const socialBody = z.strictObject({
  provider: z
    .string()
    .regex(/^[a-z0-9-]{1,32}$/, 'must be 1 to 32 lower-case letters, digits or dashes')
    .meta({ description: 'Name of the provider, as this installation calls it.', example: 'google' }),
  token: z
    .string()
    .min(1)
    .max(8_192)
    .meta({ description: 'ID token of OpenID Connect, from the provider.', example: 'eyJhbGciOiJSUzI1NiIsImtpZCI6…' }),
  idempotency_key: idempotencyKeyField,
});

/** Signing in with an account at a provider. */
export function socialRoutes(
  instance: FastifyInstance,
  dependencies: WritingDependencies & { readonly limiter: RateLimiter },
): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { ring, write, log, social } = dependencies;
  const { countDevice, start, tenantOf, tokenBody } = createSignInSession(dependencies);
  const runtime = { ...dependencies.runtime, social };

  app.post(
    '/v1/auth/social',
    {
      schema: {
        tags: ['auth'],
        summary: 'Sign in with an account at a provider such as Google or Apple',
        description:
          "The first use makes a player; with a player's token, it links the account to that one. Providers are configured by `social.providers`.",
        body: socialBody,
        response: answers({ 200: authResponse }),
      },
      config: {
        access: { rights: [] },
        contract: {
          idempotency: 'optional',
          clientKey: true,
          errors: [
            ...signInErrors,
            'SOCIAL_TOKEN_INVALID',
            'SOCIAL_LINKED_TO_ANOTHER_PLAYER',
            'SOCIAL_PROVIDER_UNKNOWN',
            'SOCIAL_PROVIDER_UNAVAILABLE',
          ],
        },
      },
    },
    async (request, reply) => {
      const { caller, body } = request;
      const { tenant, clientKey } = await tenantOf(request);
      const { session, refreshToken } = start(request, reply);
      const accountOf = (subject: string): SocialAccount => {
        const account = socialAccountOf(ring.keys().pepper, tenant, body.provider, subject);
        countDevice(request, reply, `social/${account.provider}/${account.socialHash}`);
        return account;
      };
      const command = {
        provider: body.provider,
        token: body.token,
        accountOf,
        playerIdOf: (account: SocialAccount, generation: number) => playerOfSocial(tenant, account, generation),
        linkTo: caller.kind === 'player' ? caller.playerId : null,
        ...session,
      };
      const run = async (context: CommandContext<SignedIn>) => {
        try {
          return await signInWithSocial(runtime, command, context);
        } catch (error) {
          if (!(error instanceof SocialUnavailable)) throw error;
          log.warn({ provider: body.provider, err: error }, 'a sign-in could not be verified');
          throw new Problem('SOCIAL_PROVIDER_UNAVAILABLE', [], { 'retry-after': '5' });
        }
      };
      return write<SignedIn>(request, reply, {
        tenant,
        actor: caller.kind === 'anonymous' ? anonymousActor : caller.actor,
        ...(caller.kind === 'anonymous' && { principal: `client:${clientKey}` }),
        key: 'optional',
        sealing: 'tokens',
        run,
        answer: ({ playerId }) => tokenBody(tenant, playerId, session.sessionId, refreshToken),
        playerOf: ({ playerId }) => playerId,
      });
    },
  );
}
