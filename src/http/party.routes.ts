import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  createParty,
  departFromParty,
  findParty,
  findPartyOf,
  inviteToParty,
  joinParty,
  type PartyStanding,
  partyRulesOf,
  partySeenBy,
} from '../commands/party.ts';
import type { PartyId, PlayerId } from '../events/ids.ts';
import type { Dependencies } from './dependencies.ts';
import {
  createPartyBody,
  emptyBody,
  invitedResponse,
  kickedResponse,
  leftResponse,
  partyIdText,
  partyResponse,
  playerBody,
} from './party.schema.ts';
import { playerOf } from './player-caller.ts';
import { Problem } from './problem.ts';
import { sendRead, waitForRows } from './read.ts';
import { answers } from './route.ts';
import type { Writer } from './write.ts';

/** Players who play together. Parties are read from their streams, so an answer is never behind a write. */
export function partyRoutes(instance: FastifyInstance, dependencies: Dependencies & { readonly write: Writer }): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, settings, write, now } = dependencies;
  const rules = partyRulesOf(settings.party);
  const params = z.object({ party_id: partyIdText });

  const shown = (partyId: PartyId, { party, leaderTier }: PartyStanding) => {
    if (party.phase !== 'open') throw new Problem('PARTY_NOT_FOUND');
    const { leaderId, inviteOnly, members } = party;
    return {
      party_id: partyId,
      leader_id: leaderId,
      invite_only: inviteOnly,
      max_size: rules.sizes[leaderTier],
      members,
    };
  };

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

  app.post(
    '/v1/parties/:party_id/invite',
    {
      schema: {
        tags: ['parties'],
        summary: 'Invite a player to a party',
        description:
          'Every member may; whom the leader sent away, only the leader. An invitation keeps no place free, and repeating one that still counts changes nothing.',
        params,
        body: playerBody,
        response: answers({ 200: invitedResponse }),
      },
      config: {
        access: { rights: ['player'] },
        contract: {
          idempotency: 'optional',
          errors: ['PARTY_NOT_FOUND', 'PLAYER_NOT_FOUND', 'PARTY_FULL', 'PARTY_COMPOSITION', 'PARTY_INVITES_FULL'],
        },
      },
    },
    async (request, reply) => {
      const { tenant, actor, playerId: invitedBy } = playerOf(request);
      const partyId = request.params.party_id as PartyId;
      const playerId = request.body.player_id as PlayerId;
      const expiresAt = new Date(now() + settings.party.inviteSeconds * 1000).toISOString();
      return write<{ readonly until: number | null }>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => inviteToParty(runtime, { partyId, playerId, invitedBy, expiresAt }, rules, context),
        answer: ({ until }) =>
          JSON.stringify({
            party_id: partyId,
            player_id: playerId,
            expires_at: until === null ? null : new Date(until).toISOString(),
          }),
      });
    },
  );

  app.post(
    '/v1/parties/:party_id/join',
    {
      schema: {
        tags: ['parties'],
        summary: 'Join a party',
        description: 'Joining the party that one is in changes nothing.',
        params,
        body: emptyBody,
        response: answers({ 200: partyResponse }),
      },
      config: {
        access: { rights: ['player'] },
        contract: {
          idempotency: 'optional',
          errors: [
            'PARTY_NOT_FOUND',
            'PARTY_INVITE_REQUIRED',
            'PARTY_FULL',
            'PARTY_COMPOSITION',
            'ALREADY_IN_PARTY',
            'PLAYER_NOT_FOUND',
          ],
        },
      },
    },
    async (request, reply) => {
      const { tenant, actor, playerId } = playerOf(request);
      const partyId = request.params.party_id as PartyId;
      return write<PartyStanding>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => joinParty(runtime, { partyId, playerId }, rules, context),
        answer: (standing) => JSON.stringify(shown(partyId, standing)),
      });
    },
  );

  app.post(
    '/v1/parties/:party_id/leave',
    {
      schema: {
        tags: ['parties'],
        summary: 'Leave a party',
        description:
          'When the leader leaves, who has been there the longest leads; when the last member leaves, the party ends.',
        params,
        body: emptyBody,
        response: answers({ 200: leftResponse }),
      },
      config: { access: { rights: ['player'] }, contract: { idempotency: 'optional', errors: ['PARTY_NOT_FOUND'] } },
    },
    async (request, reply) => {
      const { tenant, actor, playerId } = playerOf(request);
      const partyId = request.params.party_id as PartyId;
      return write<null>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => departFromParty(runtime, { type: 'LeaveParty', partyId, playerId }, context),
        answer: () => JSON.stringify({ party_id: partyId, left: true }),
      });
    },
  );

  app.post(
    '/v1/parties/:party_id/kick',
    {
      schema: {
        tags: ['parties'],
        summary: 'Send a member away',
        description: 'For the leader. Who was sent away comes back only when the leader invites them.',
        params,
        body: playerBody,
        response: answers({ 200: kickedResponse }),
      },
      config: {
        access: { rights: ['player'] },
        contract: {
          idempotency: 'optional',
          errors: ['PARTY_NOT_FOUND', 'PARTY_LEADER_ONLY', 'PARTY_MEMBER_NOT_FOUND'],
        },
      },
    },
    async (request, reply) => {
      const { tenant, actor, playerId: kickedBy } = playerOf(request);
      const partyId = request.params.party_id as PartyId;
      const playerId = request.body.player_id as PlayerId;
      return write<null>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => departFromParty(runtime, { type: 'KickFromParty', partyId, playerId, kickedBy }, context),
        answer: () => JSON.stringify({ party_id: partyId, player_id: playerId, kicked: true }),
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
