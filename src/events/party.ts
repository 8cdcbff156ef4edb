import { z } from 'zod';
import { define, type EventDefinition, type EventsOf } from './definition.ts';
import { instantField, partyIdField, playerIdField } from './fields.ts';
import { type PartyId, type PlayerId, streamId, type TenantId } from './ids.ts';

const member = { partyId: partyIdField, playerId: playerIdField };

/** What the outside is told of a party. */
const told = (partyId: PartyId, payload: Readonly<Record<string, string | boolean>>) => ({
  aggregateType: 'party',
  aggregateId: partyId,
  payload: { party_id: partyId, ...payload },
});

/** Stream `party-<tenant>_<party>`: players who play together. A condition of what is done for all of them, so it has a head row. */
export const partyEvents = {
  /** The leader is its first member. */
  PartyCreated: define({
    version: 1,
    schema: z.object({ partyId: partyIdField, leaderId: playerIdField, inviteOnly: z.boolean() }),
    message: ({ partyId, leaderId, inviteOnly }) => told(partyId, { leader_id: leaderId, invite_only: inviteOnly }),
  }),
  PartyMemberInvited: define({
    version: 1,
    schema: z.object({ ...member, invitedBy: playerIdField, expiresAt: instantField }),
  }),
  PartyMemberJoined: define({
    version: 1,
    schema: z.object(member),
    message: ({ partyId, playerId }) => told(partyId, { player_id: playerId }),
  }),
  PartyMemberLeft: define({
    version: 1,
    schema: z.object(member),
    message: ({ partyId, playerId }) => told(partyId, { player_id: playerId }),
  }),
  /** Sent away by the leader; an invitation of the player is void. */
  PartyMemberKicked: define({
    version: 1,
    schema: z.object({ ...member, kickedBy: playerIdField }),
    message: ({ partyId, playerId }) => told(partyId, { player_id: playerId }),
  }),
  /** The leader left, and this member has been there the longest. */
  PartyLeaderChanged: define({
    version: 1,
    schema: z.object({ partyId: partyIdField, leaderId: playerIdField }),
    message: ({ partyId, leaderId }) => told(partyId, { leader_id: leaderId }),
  }),
  /** The last member left. */
  PartyDissolved: define({
    version: 1,
    schema: z.object({ partyId: partyIdField }),
    message: ({ partyId }) => told(partyId, {}),
  }),
} satisfies Record<string, EventDefinition>;

export type PartyEvent = EventsOf<typeof partyEvents>;

/** Stream `partyplace-<tenant>_<player>`: the one party that a player is in. Appended together with the party's own events. */
export const partyPlaceEvents = {
  PartyPlaceTaken: define({ version: 1, schema: z.object(member) }),
  PartyPlaceGivenUp: define({ version: 1, schema: z.object(member) }),
} satisfies Record<string, EventDefinition>;

export type PartyPlaceEvent = EventsOf<typeof partyPlaceEvents>;

export const partyCategory = 'party';
export const partyStream = (tenant: TenantId, party: PartyId) => streamId(partyCategory, tenant, party);
export const partyPlaceStream = (tenant: TenantId, player: PlayerId) => streamId('partyplace', tenant, player);
