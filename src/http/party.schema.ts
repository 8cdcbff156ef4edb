import { z } from 'zod';
import type { PartyStanding, partyRulesOf } from '../commands/party.ts';
import type { PartyId } from '../events/ids.ts';
import { idempotencyKeyField, instant, playerIdText } from './fields.ts';
import { Problem } from './problem.ts';

/** Fields of the routes of parties. */

export const partyIdText = z
  .uuid('must be a party id')
  .toLowerCase()
  .meta({ description: 'A party.', example: '7c9e6679-7425-40de-944b-e07fc1f90ae7' });

const inviteOnly = z
  .boolean()
  .meta({ description: 'Whether only invited players may join, or everybody who knows the id.', example: true });

export const createPartyBody = z
  .strictObject({ invite_only: inviteOnly.default(true), idempotency_key: idempotencyKeyField })
  .nullish();

export const emptyBody = z.strictObject({ idempotency_key: idempotencyKeyField }).nullish();
export const playerBody = z.strictObject({ player_id: playerIdText, idempotency_key: idempotencyKeyField });

export const partyResponse = z.object({
  party_id: partyIdText,
  leader_id: playerIdText,
  invite_only: inviteOnly,
  max_size: z.int().meta({ description: "Most members, by the leader's tier.", example: 2 }),
  members: z.array(playerIdText).meta({ description: 'Who is in it, the longest first.' }),
});

export const invitedResponse = z.object({
  party_id: partyIdText,
  player_id: playerIdText,
  expires_at: instant.nullable().meta({ description: 'null when the player is in the party already.' }),
});

export const leftResponse = z.object({ party_id: partyIdText, left: z.literal(true) });
export const kickedResponse = z.object({ party_id: partyIdText, player_id: playerIdText, kicked: z.literal(true) });

/** A party as answers have it, whose size is by these rules. The function throws a Problem when there is no such party. */
export const shownParty =
  ({ sizes }: ReturnType<typeof partyRulesOf>) =>
  (partyId: PartyId, { party, leaderTier }: PartyStanding) => {
    if (party.phase !== 'open') throw new Problem('PARTY_NOT_FOUND');
    const { leaderId, inviteOnly, members } = party;
    return {
      party_id: partyId,
      leader_id: leaderId,
      invite_only: inviteOnly,
      max_size: sizes[leaderTier],
      members,
    };
  };
