import { evolveParty, type KickFromParty, type LeaveParty, type Party, party, seesParty } from '../aggregates/party.ts';
import { partyPlace } from '../aggregates/party-place.ts';
import type { PartyRules } from '../aggregates/party-rules.ts';
import { isActive, type PlayerAccount } from '../aggregates/player-account.ts';
import type { PartyId, PlayerId, TenantId } from '../events/ids.ts';
import { type PartyEvent, partyPlaceStream, partyStream } from '../events/party.ts';
import type { Tier } from '../events/player.ts';
import type { CommandContext } from './context.ts';
import { accountCondition, tierAt, tierOfPlayer } from './entitlement.ts';
import { type CommandRuntime, type Decide, type Handled, handle } from './handle.ts';
import { loadState, type StreamUse, using } from './stream-use.ts';

/** A party and the tier of its leader, as a command leaves them. */
export type PartyStanding = { readonly party: Party; readonly leaderTier: Tier };

const partyUse = (tenant: TenantId, partyId: PartyId) => using(party, partyStream(tenant, partyId));
const placeUse = (tenant: TenantId, playerId: PlayerId) => using(partyPlace, partyPlaceStream(tenant, playerId));
const refused = (code: string) => ({ events: [], outcome: { ok: false, code } }) as const;
const afterwards = (state: Party, events: readonly PartyEvent[]): Party => events.reduce(evolveParty, state);
const tierOf = ({ entitlements }: PlayerAccount, now: number): Tier => tierAt(entitlements, now);

/** Makes a party with the player as its leader. Codes: ALREADY_IN_PARTY, PLAYER_NOT_FOUND. */
export function createParty(
  runtime: CommandRuntime,
  command: { readonly partyId: PartyId; readonly playerId: PlayerId; readonly inviteOnly: boolean },
  context: CommandContext<PartyStanding>,
): Promise<Handled<PartyStanding>> {
  const { partyId, playerId } = command;
  const own = using(party, partyStream(context.tenant, partyId), 'write', true);
  const place = placeUse(context.tenant, playerId);
  const account = accountCondition(context.tenant, playerId);
  return handle<PartyStanding>(
    runtime,
    [own, place, account],
    (stateOf) => {
      if (!isActive(stateOf(account))) return refused('PLAYER_NOT_FOUND');
      const taken = partyPlace.decide({ type: 'TakePartyPlace', partyId, playerId }, stateOf(place));
      if (taken.rejected !== undefined) return refused(taken.rejected);
      const made = party.decide({ type: 'CreateParty', ...command }, stateOf(own));
      if (made.rejected !== undefined) return refused(made.rejected);
      const standing = {
        party: afterwards(stateOf(own), made.events),
        leaderTier: tierOf(stateOf(account), context.now),
      };
      return {
        events: [
          [own, made.events],
          [place, taken.events],
        ],
        outcome: { ok: true, value: standing },
      };
    },
    context,
  );
}

/** The leader is not who was thought to be: what depends on their tier is decided anew. */
class LeaderChanged extends Error {
  override readonly name = 'LeaderChanged';
}

/** Runs a decision that depends on the tier of the party's leader: the leader's account is a condition of the append. */
async function withLeader<Result>(
  runtime: CommandRuntime,
  own: StreamUse<Party>,
  others: readonly StreamUse[],
  context: CommandContext<Result>,
  decide: (leaderTier: Tier, ...rest: Parameters<Decide<Result>>) => ReturnType<Decide<Result>>,
): Promise<Handled<Result>> {
  for (;;) {
    const leader = leaderOf(await loadState(runtime.log, runtime.states, own));
    const account = leader === null ? null : accountCondition(context.tenant, leader);
    const isNew = account !== null && !others.some(({ streamId }) => streamId === account.streamId);
    try {
      return await handle<Result>(
        runtime,
        [own, ...others, ...(isNew ? [account] : [])],
        (stateOf) => {
          if (leaderOf(stateOf(own)) !== leader) throw new LeaderChanged();
          return decide(account === null ? 'free' : tierOf(stateOf(account), context.now), stateOf);
        },
        context,
      );
    } catch (error) {
      if (!(error instanceof LeaderChanged)) throw error;
    }
  }
}

const leaderOf = (state: Party): PlayerId | null => (state.phase === 'open' ? state.leaderId : null);

/** Asks a player to join. Codes: PARTY_NOT_FOUND (also for who is no member), PLAYER_NOT_FOUND, PARTY_FULL, PARTY_COMPOSITION,
 *  PARTY_INVITES_FULL.
 *  @returns until when the player may join: ms since 1970; null when they are in it */
export function inviteToParty(
  runtime: CommandRuntime,
  command: {
    readonly partyId: PartyId;
    readonly playerId: PlayerId;
    readonly invitedBy: PlayerId;
    readonly expiresAt: string;
  },
  rules: PartyRules,
  context: CommandContext<{ readonly until: number | null }>,
): Promise<Handled<{ readonly until: number | null }>> {
  const { partyId, playerId } = command;
  const own = partyUse(context.tenant, partyId);
  const account = accountCondition(context.tenant, playerId);
  return withLeader(runtime, own, [account], context, (leaderTier, stateOf) => {
    const { now } = context;
    const invited = party.decide({ type: 'InviteToParty', ...command, leaderTier, rules, now }, stateOf(own));
    if (invited.rejected !== undefined) return refused(invited.rejected);
    if (!isActive(stateOf(account))) return refused('PLAYER_NOT_FOUND');
    const after = afterwards(stateOf(own), invited.events);
    const until = (after.phase === 'open' && after.invites.get(playerId)) || null;
    return { events: [[own, invited.events]], outcome: { ok: true, value: { until } } };
  });
}

/** Lets a player in. Codes: PARTY_NOT_FOUND, PARTY_INVITE_REQUIRED, PARTY_FULL, PARTY_COMPOSITION, ALREADY_IN_PARTY, PLAYER_NOT_FOUND. */
export function joinParty(
  runtime: CommandRuntime,
  command: { readonly partyId: PartyId; readonly playerId: PlayerId },
  rules: PartyRules,
  context: CommandContext<PartyStanding>,
): Promise<Handled<PartyStanding>> {
  const { partyId, playerId } = command;
  const own = partyUse(context.tenant, partyId);
  const place = placeUse(context.tenant, playerId);
  const account = accountCondition(context.tenant, playerId);
  return withLeader(runtime, own, [place, account], context, (leaderTier, stateOf) => {
    if (!isActive(stateOf(account))) return refused('PLAYER_NOT_FOUND');
    const tier = tierOf(stateOf(account), context.now);
    const { now } = context;
    const joined = party.decide({ type: 'JoinParty', ...command, tier, leaderTier, rules, now }, stateOf(own));
    if (joined.rejected !== undefined) return refused(joined.rejected);
    const value = { party: afterwards(stateOf(own), joined.events), leaderTier };
    if (joined.events.length === 0) return { events: [], outcome: { ok: true, value } };
    const taken = partyPlace.decide({ type: 'TakePartyPlace', partyId, playerId }, stateOf(place));
    if (taken.rejected !== undefined) return refused(taken.rejected);
    return {
      events: [
        [own, joined.events],
        [place, taken.events],
      ],
      outcome: { ok: true, value },
    };
  });
}

/** Lets a member go, or sends one away. Codes: PARTY_NOT_FOUND (also for who is no member), PARTY_LEADER_ONLY, PARTY_MEMBER_NOT_FOUND. */
export function departFromParty(
  runtime: CommandRuntime,
  command: LeaveParty | KickFromParty,
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const { partyId, playerId } = command;
  const own = partyUse(context.tenant, partyId);
  const place = placeUse(context.tenant, playerId);
  return handle<null>(
    runtime,
    [own, place],
    (stateOf) => {
      const gone = party.decide(command, stateOf(own));
      if (gone.rejected !== undefined) return refused(gone.rejected);
      if (gone.events.length === 0) return { events: [], outcome: { ok: true, value: null } };
      const given = partyPlace.decide({ type: 'GiveUpPartyPlace', partyId, playerId }, stateOf(place));
      return {
        events: [
          [own, gone.events],
          [place, given.events],
        ],
        outcome: { ok: true, value: null },
      };
    },
    context,
  );
}

/** A party as the log has it now. */
export async function findParty(
  runtime: CommandRuntime,
  tenant: TenantId,
  partyId: PartyId,
  now: number,
): Promise<PartyStanding> {
  const state = await loadState(runtime.log, runtime.states, partyUse(tenant, partyId), true);
  if (state.phase !== 'open') return { party: state, leaderTier: 'free' };
  return { party: state, leaderTier: await tierOfPlayer(runtime, tenant, state.leaderId, now) };
}

/** The party that a player is in now. */
export async function findPartyOf(
  { log, states }: CommandRuntime,
  tenant: TenantId,
  playerId: PlayerId,
): Promise<PartyId | null> {
  return (await loadState(log, states, placeUse(tenant, playerId), true)).partyId;
}

/** Whether a player is told of a party. @param now milliseconds since 1970 */
export const partySeenBy = ({ party: state }: PartyStanding, playerId: PlayerId, now: number): boolean =>
  state.phase === 'open' && seesParty(state, playerId, now);

/** The rules that an operator chose. */
export const partyRulesOf = (chosen: {
  readonly freeSize: number;
  readonly silverSize: number;
  readonly goldSize: number;
  readonly maxTierGap: number;
}): PartyRules => ({
  sizes: { free: chosen.freeSize, silver: chosen.silverSize, gold: chosen.goldSize },
  maxTierGap: chosen.maxTierGap,
});
