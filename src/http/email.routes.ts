import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { CommandContext } from '../commands/context.ts';
import { type EmailRuntime, issueEmailCode, redeemEmailCode, signInWithEmail } from '../commands/email.ts';
import { type Handled, handle } from '../commands/handle.ts';
import { anonymousActor, type SignedIn } from '../commands/sign-in.ts';
import type { CodePurpose } from '../events/email.ts';
import type { PlayerId, TenantId } from '../events/ids.ts';
import { PasswordsBusy } from '../ports/passwords.ts';
import { emailCodeHash, emailHmac, newEmailCode, normalisedEmail, playerOfEmail } from '../security/email-address.ts';
import { authResponse } from './auth.schema.ts';
import type { Dependencies } from './dependencies.ts';
import { addressBody, codeBody, emailBody, newPasswordBody } from './email.schema.ts';
import { Problem } from './problem.ts';
import type { RateLimiter } from './rate-limit.ts';
import { answers } from './route.ts';
import { createSignInSession } from './sign-in-session.ts';
import type { Writer } from './write.ts';

const everybody = { rights: [] };
const codeLifeS = 3_600;
const maxMails = 100;
const texts: Readonly<Record<CodePurpose, { readonly subject: string; readonly text: (code: string) => string }>> = {
  verify: {
    subject: 'Verify your e-mail address',
    text: (code) => `Your code: ${code}\n\nIt is good for an hour. If you made no account, do nothing.`,
  },
  reset: {
    subject: 'Set a new password',
    text: (code) => `Your code: ${code}\n\nIt is good for an hour. If you did not ask for it, do nothing.`,
  },
};

/** Signing in with an e-mail address, verifying it, and setting a new password. */
export function emailRoutes(
  instance: FastifyInstance,
  dependencies: Dependencies & { readonly write: Writer; readonly limiter: RateLimiter },
): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { ring, write, mailer, log, personalData, passwords } = dependencies;
  const { countAddress, later, start, tenantOf, tokenBody } = createSignInSession(dependencies);
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

  let mailing = 0;
  /** Sends a code, when the address has somebody to send it to; the answer waits for none of it, so that it tells nothing. */
  const mailCode = async (
    emailHash: Parameters<typeof issueEmailCode>[1]['emailHash'],
    purpose: CodePurpose,
    context: CommandContext,
  ): Promise<void> => {
    if (mailing >= maxMails) return void log.warn({ purpose }, 'an e-mail was not sent: too many are under way');
    mailing += 1;
    try {
      const code = newEmailCode();
      const codeHash = emailCodeHash(ring.keys().pepper, context.tenant, code);
      const { key: _, remember: __, ...base } = context;
      const issued = await issueEmailCode(runtime, { emailHash, codeHash, purpose, expiresAt: later(codeLifeS) }, base);
      if (issued === null) return;
      const { subject, text } = texts[purpose];
      await mailer.send({ tenant: context.tenant, to: issued.address, subject, text: text(code), key: codeHash });
    } catch (error) {
      log.error({ purpose, err: error }, 'an e-mail was not sent');
    } finally {
      mailing -= 1;
    }
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
          errors: [
            'CLIENT_KEY_UNKNOWN',
            'FORBIDDEN',
            'INVALID_CREDENTIALS',
            'PLAYER_NOT_FOUND',
            'IDEMPOTENCY_KEY_EXPIRED',
          ],
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
      const run = async (context: CommandContext<SignedIn>): Promise<Handled<SignedIn>> => {
        const handled = await signInWithEmail(runtime, command, context);
        if (handled.events.some(({ type }) => type === 'EmailClaimed')) void mailCode(emailHash, 'verify', context);
        return handled;
      };
      return unlessBusy(
        write<SignedIn>(request, reply, {
          tenant,
          actor: caller.kind === 'anonymous' ? anonymousActor : caller.actor,
          ...(caller.kind === 'anonymous' && { principal: `client:${clientKey}` }),
          key: 'optional',
          sealing: 'tokens',
          run,
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
          run: async (context) => {
            const outcome = { ok: true, value: null } as const;
            const accepted = await handle<null>(runtime, [], () => ({ events: [], outcome }), context);
            void mailCode(emailHash, purpose, context);
            return accepted;
          },
          answer: () => JSON.stringify({ accepted: true }),
          status: 202,
        });
      },
    );
  asking('/v1/auth/email/verification', 'verify', 'Ask for an e-mail with a code that verifies the address');
  asking('/v1/auth/email/reset', 'reset', 'Ask for an e-mail with a code that sets a new password');

  const redeem = async (
    request: FastifyRequest,
    reply: FastifyReply,
    code: string,
    purpose: CodePurpose,
    password?: string,
  ) => {
    const { tenant, clientKey } = await tenantOf(request);
    const codeHash = emailCodeHash(ring.keys().pepper, tenant, code);
    const command = { codeHash, purpose, ...(password !== undefined && { password }) };
    return unlessBusy(
      write<{ readonly playerId: PlayerId }>(request, reply, {
        tenant,
        actor: anonymousActor,
        principal: `client:${clientKey}`,
        key: 'optional',
        run: (context) => redeemEmailCode(runtime, command, context),
        answer: () => JSON.stringify({ accepted: true }),
      }),
    );
  };
  const redeeming = {
    access: everybody,
    contract: {
      idempotency: 'optional',
      clientKey: true,
      errors: ['CLIENT_KEY_UNKNOWN', 'FORBIDDEN', 'EMAIL_CODE_INVALID'],
    },
  } as const;
  const accepted = answers({ 200: z.object({ accepted: z.literal(true) }) });

  app.post(
    '/v1/auth/email/verify',
    {
      schema: {
        tags: ['auth'],
        summary: 'Verify an address with the code that was sent there',
        body: codeBody,
        response: accepted,
      },
      config: redeeming,
    },
    (request, reply) => redeem(request, reply, request.body.code, 'verify'),
  );

  app.post(
    '/v1/auth/email/password',
    {
      schema: {
        tags: ['auth'],
        summary: 'Set a new password with the code that was sent to the address',
        description: 'All sign-ins of the player from before end.',
        body: newPasswordBody,
        response: accepted,
      },
      config: redeeming,
    },
    (request, reply) => redeem(request, reply, request.body.code, 'reset', request.body.password),
  );
}
