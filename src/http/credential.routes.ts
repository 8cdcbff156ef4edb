import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { credentialsOf, type OwnCredential, unlinkOwnCredential } from '../commands/credentials.ts';
import { limitQuery, nextCursor } from './fields.ts';
import { playerOf } from './player-caller.ts';
import { sendRead, waitForRows } from './read.ts';
import { answers } from './route.ts';
import type { WritingDependencies } from './write.ts';

const credentialId = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'must be the id of a credential in GET /v1/credentials')
  .meta({
    description: 'What stands for an e-mail address or an account at a provider here.',
    example: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
  });

const credential = z.object({
  id: credentialId,
  method: z.enum(['email', 'social']).meta({ example: 'email' }),
  email: z
    .string()
    .nullable()
    .meta({ description: 'The address, for the most part hidden.', example: 'a***@example.com' }),
  verified: z.boolean().nullable().meta({ description: 'Whether the address was verified.', example: true }),
  provider: z.string().nullable().meta({ description: 'Where the account is.', example: 'google' }),
});

/** An address of which only its first letter and its host are shown. */
const masked = (address: string): string => {
  const at = address.lastIndexOf('@');
  return `${[...address.slice(0, at)][0] ?? ''}***${address.slice(at)}`;
};

const shown = (own: OwnCredential): z.infer<typeof credential> =>
  own.method === 'email'
    ? { id: own.id, method: 'email', email: masked(own.address), verified: own.verified, provider: null }
    : { id: own.id, method: 'social', email: null, verified: null, provider: own.provider };

/** What a player signs in with. It is read from the log, so an answer is never behind a write. */
export function credentialRoutes(instance: FastifyInstance, dependencies: WritingDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { personalData, write } = dependencies;
  const runtime = {
    ...dependencies.runtime,
    open: (...[tenant, playerId, field, ciphertext]: Parameters<Parameters<typeof credentialsOf>[0]['open']>) =>
      personalData.decrypt({ tenant, playerId, field, ciphertext }),
  };
  const access = { rights: ['player'] } as const;

  app.get(
    '/v1/credentials',
    {
      schema: {
        tags: ['auth'],
        summary: "The caller's e-mail addresses and accounts at providers, and how many devices",
        description: 'Devices are listed by GET /v1/devices.',
        querystring: z.object({ limit: limitQuery, cursor: credentialId.optional() }),
        response: answers({
          200: z.object({
            devices: z.int().min(0).meta({ description: 'How many devices the caller signs in with.', example: 1 }),
            items: z.array(credential),
            next_cursor: nextCursor,
          }),
        }),
      },
      config: { access, contract: { waitsFor: true } },
    },
    async (request, reply) => {
      const { tenant, playerId } = playerOf(request);
      const { limit, cursor = '' } = request.query;
      await waitForRows(request, dependencies, []);
      const { devices, others } = await credentialsOf(runtime, tenant, playerId);
      const rest = others.filter(({ id }) => id > cursor).sort((one, other) => (one.id < other.id ? -1 : 1));
      const page = rest.slice(0, limit);
      const next = rest.length > limit ? (page.at(-1)?.id ?? null) : null;
      return sendRead(request, reply, { devices, items: page.map(shown), next_cursor: next });
    },
  );

  app.delete(
    '/v1/credentials/:credential',
    {
      schema: {
        tags: ['auth'],
        summary: 'Unlink an e-mail address or an account at a provider: its next use makes a new player',
        description:
          'The last thing that the caller can sign in with stays. Sessions go on; end them with DELETE /v1/sessions.',
        params: z.object({ credential: credentialId }),
        response: answers({ 204: z.null() }),
      },
      config: {
        access,
        contract: { idempotency: 'optional', errors: ['CREDENTIAL_NOT_FOUND', 'LAST_CREDENTIAL', 'PLAYER_NOT_FOUND'] },
      },
    },
    async (request, reply) => {
      const { tenant, actor, playerId } = playerOf(request);
      const id = request.params.credential;
      return write<null>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => unlinkOwnCredential(runtime, { id, playerId }, context),
        answer: () => '',
        status: 204,
      });
    },
  );
}
