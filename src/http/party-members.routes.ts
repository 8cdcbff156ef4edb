import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { departFromParty, inviteToParty, joinParty, type PartyStanding, partyRulesOf } from '../commands/party.ts';
import type { PartyId, PlayerId } from '../events/ids.ts';
import {
  emptyBody,
  invitedResponse,
  kickedResponse,
  leftResponse,
  partyIdText,
  partyResponse,
  playerBody,
  shownParty,
} from './party.schema.ts';
import { playerOf } from './player-caller.ts';
import { answers } from './route.ts';
import type { WritingDependencies } from './write.ts';

/** Who comes into a party, and who goes. */
export function partyMemberRoutes(instance: FastifyInstance, dependencies: WritingDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, settings, write, now } = dependencies;
  const rules = partyRulesOf(settings.party);
  const shown = shownParty(rules);
  const params = z.object({ party_id: partyIdText });

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
}
