import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  createParty,
  findParty,
  findPartyOf,
  type PartyStanding,
  partyRulesOf,
  partySeenBy,
} from '../commands/party.ts';
import type { PartyId } from '../events/ids.ts';
import { createPartyBody, partyIdText, partyResponse, shownParty } from './party.schema.ts';
import { playerOf } from './player-caller.ts';
import { Problem } from './problem.ts';
import { sendRead, waitForRows } from './read.ts';
import { answers } from './route.ts';
import type { WritingDependencies } from './write.ts';

/** Players who play together: making a party, and reading it. Parties are read from their streams, so an answer is never behind a write. */
export function partyRoutes(instance: FastifyInstance, dependencies: WritingDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, settings, write, now } = dependencies;
  const rules = partyRulesOf(settings.party);
  const params = z.object({ party_id: partyIdText });

  const shown = shownParty(rules);

  app.post(
    '/v1/parties',
    {
      schema: {
        tags: ['parties'],
        summary: 'Make a party, as its leader',
        description: 'A player is in one party at a time.',
        body: createPartyBody,
        response: answers({ 201: partyResponse }),
      },
      config: {
        access: { rights: ['player'] },
        contract: { idempotency: 'optional', errors: ['ALREADY_IN_PARTY', 'PLAYER_NOT_FOUND'] },
      },
    },
    async (request, reply) => {
      const { tenant, actor, playerId } = playerOf(request);
      const partyId = randomUUID() as PartyId;
      const command = { partyId, playerId, inviteOnly: request.body?.invite_only ?? true };
      return write<PartyStanding>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => createParty(runtime, command, context),
        answer: (standing) => JSON.stringify(shown(partyId, standing)),
        status: 201,
        location: (body) => `/v1/parties/${JSON.parse(body).party_id}`,
      });
    },
  );

  app.get(
    '/v1/parties/mine',
    {
      schema: {
        tags: ['parties'],
        summary: 'The party that the caller is in',
        response: answers({ 200: partyResponse }),
      },
      config: { access: { rights: ['player'] }, contract: { waitsFor: true, errors: ['PARTY_NOT_FOUND'] } },
    },
    async (request, reply) => {
      const { tenant, playerId } = playerOf(request);
      await waitForRows(request, dependencies, []);
      const partyId = await findPartyOf(runtime, tenant, playerId);
      if (partyId === null) throw new Problem('PARTY_NOT_FOUND');
      return sendRead(request, reply, shown(partyId, await findParty(runtime, tenant, partyId, now())));
    },
  );

  app.get(
    '/v1/parties/:party_id',
    {
      schema: {
        tags: ['parties'],
        summary: 'A party: its leader and members',
        description:
          'For its members and who is invited; of a party that everybody may join, for everybody who knows its id.',
        params,
        response: answers({ 200: partyResponse }),
      },
      config: { access: { rights: ['player'] }, contract: { waitsFor: true, errors: ['PARTY_NOT_FOUND'] } },
    },
    async (request, reply) => {
      const { tenant, playerId } = playerOf(request);
      const partyId = request.params.party_id as PartyId;
      await waitForRows(request, dependencies, []);
      const standing = await findParty(runtime, tenant, partyId, now());
      if (!partySeenBy(standing, playerId, now())) throw new Problem('PARTY_NOT_FOUND');
      return sendRead(request, reply, shown(partyId, standing));
    },
  );
}
