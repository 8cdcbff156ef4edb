import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type EmailRuntime, signInWithEmail } from '../commands/email.ts';
import { resetPassword, verifyEmail } from '../commands/email-code.ts';
import { requestEmailCode } from '../commands/email-code-mail.ts';
import { anonymousActor, type SignedIn } from '../commands/sign-in.ts';
import type { CodePurpose } from '../events/email.ts';
import type { EmailHash, PlayerId, TenantId } from '../events/ids.ts';
import { PasswordsBusy } from '../ports/passwords.ts';
import { emailCodeHash, emailHmac, normalisedEmail, playerOfEmail } from '../security/email-address.ts';
import { authResponse, signInErrors } from './auth.schema.ts';
import { addressBody, codeBody, emailBody, newPasswordBody } from './email.schema.ts';
import { playerOf } from './player-caller.ts';
import { Problem } from './problem.ts';
import type { RateLimiter } from './rate-limit.ts';
import { answers } from './route.ts';
import { createSignInSession } from './sign-in-session.ts';
import type { WritingDependencies } from './write.ts';

const everybody = { rights: [] };
/** Signing in with an e-mail address, verifying it, and setting a new password. */
export function emailRoutes(
  instance: FastifyInstance,
  dependencies: WritingDependencies & { readonly limiter: RateLimiter },
): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { ring, write, personalData, passwords } = dependencies;
  const { countAddress, start, tenantOf, tokenBody } = createSignInSession(dependencies);
  const runtime: EmailRuntime = {
    ...dependencies.runtime,
    passwords,
    open: (tenant, playerId, field, ciphertext) => personalData.decrypt({ tenant, playerId, field, ciphertext }),
  };
  const unlessBusy = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (error instanceof PasswordsBusy) throw new Problem('OVERLOADED', [], { 'retry-after': '1' });
      throw error;
    }
  };
  /** Counts what concerns one address, known or not. */
  const hashOf = (request: FastifyRequest, reply: FastifyReply, tenant: TenantId, address: string) => {
    const emailHash = emailHmac(ring.keys().pepper, tenant, address);
    countAddress(request, reply, `email/${emailHash}`);
    return emailHash;
  };

  app.post(
    '/v1/auth/email',
    {
      schema: {
        tags: ['auth'],
        summary: 'Sign in with an e-mail address and a password',
        description:
          'With `create`, an address that nobody has makes an account, and gets an e-mail with a code to verify it.',
        body: emailBody,
        response: answers({ 200: authResponse }),
      },
      config: {
        access: everybody,
        contract: {
          idempotency: 'optional',
          clientKey: true,
          errors: [...signInErrors, 'INVALID_CREDENTIALS'],
        },
      },
    },
    async (request, reply) => {
      const { caller, body } = request;
      const { tenant, clientKey } = await tenantOf(request);
      const emailHash = hashOf(request, reply, tenant, body.email);
      const { session, refreshToken } = start(request, reply);
      const command = {
        emailHash,
        address: normalisedEmail(body.email),
        password: body.password,
        create: body.create,
        linkTo: caller.kind === 'player' && body.create ? caller.playerId : null,
        playerIdOf: (generation: number) => playerOfEmail(tenant, emailHash, generation),
        ...session,
      };
      return unlessBusy(
        write<SignedIn>(request, reply, {
          tenant,
          actor: caller.kind === 'anonymous' ? anonymousActor : caller.actor,
          ...(caller.kind === 'anonymous' && { principal: `client:${clientKey}` }),
          key: 'optional',
          sealing: 'tokens',
          run: (context) => signInWithEmail(runtime, command, context),
          answer: ({ playerId }) => tokenBody(tenant, playerId, session.sessionId, refreshToken),
          playerOf: ({ playerId }) => playerId,
        }),
      );
    },
  );

  const asking = (path: string, purpose: CodePurpose, summary: string) =>
    app.post(
      path,
      {
        schema: {
          tags: ['auth'],
          summary,
          description: 'The answer is the same whether anybody has the address.',
          body: addressBody,
          response: answers({ 202: z.object({ accepted: z.literal(true) }) }),
        },
        config: {
          access: everybody,
          contract: { idempotency: 'optional', clientKey: true, errors: ['CLIENT_KEY_UNKNOWN', 'FORBIDDEN'] },
        },
      },
      async (request, reply) => {
        const { tenant, clientKey } = await tenantOf(request);
        const emailHash = hashOf(request, reply, tenant, request.body.email);
        return write<null>(request, reply, {
          tenant,
          actor: anonymousActor,
          principal: `client:${clientKey}`,
          key: 'optional',
          run: (context) => requestEmailCode(runtime, { requestId: randomUUID(), emailHash, purpose }, context),
          answer: () => JSON.stringify({ accepted: true }),
          status: 202,
        });
      },
    );
  asking('/v1/auth/email/verification', 'verify', 'Ask for an e-mail with a code that verifies the address');
  asking('/v1/auth/email/reset', 'reset', 'Ask for an e-mail with a code that sets a new password');

  app.post(
    '/v1/auth/email/verify',
    {
      schema: {
        tags: ['auth'],
        summary: 'Verify an address with the code that was sent there',
        description:
          'For the player who signs in with the address: whoever has the mailbox only may set a new password instead.',
        body: codeBody,
        response: answers({ 200: z.object({ accepted: z.literal(true) }) }),
      },
      config: {
        access: { rights: ['player'] },
        contract: { idempotency: 'optional', errors: ['EMAIL_CODE_INVALID'] },
      },
    },
    async (request, reply) => {
      const { tenant, actor, playerId } = playerOf(request);
      const codeHash = emailCodeHash(ring.keys().pepper, tenant, request.body.code);
      return write<{ readonly playerId: PlayerId }>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => verifyEmail(runtime, { codeHash, playerId }, context),
        answer: () => JSON.stringify({ accepted: true }),
      });
    },
  );

  app.post(
    '/v1/auth/email/password',
    {
      schema: {
        tags: ['auth'],
        summary: 'Set a new password with the code that was sent to the address',
        description:
          'All sign-ins of the player from before end. An address that was never verified leaves an account that can be signed in to without it, and makes a new one.',
        body: newPasswordBody,
        response: answers({ 200: z.object({ accepted: z.literal(true) }) }),
      },
      config: {
        access: everybody,
        contract: {
          idempotency: 'optional',
          clientKey: true,
          errors: ['CLIENT_KEY_UNKNOWN', 'FORBIDDEN', 'EMAIL_CODE_INVALID'],
        },
      },
    },
    async (request, reply) => {
      const { tenant, clientKey } = await tenantOf(request);
      const command = {
        codeHash: emailCodeHash(ring.keys().pepper, tenant, request.body.code),
        password: request.body.password,
        playerIdOf: (emailHash: EmailHash, generation: number) => playerOfEmail(tenant, emailHash, generation),
      };
      return unlessBusy(
        write<{ readonly playerId: PlayerId }>(request, reply, {
          tenant,
          actor: anonymousActor,
          principal: `client:${clientKey}`,
          key: 'optional',
          run: (context) => resetPassword(runtime, command, context),
          answer: () => JSON.stringify({ accepted: true }),
        }),
      );
    },
  );
}
