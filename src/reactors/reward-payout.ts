import { fileDeadLetter } from '../commands/dead-letter.ts';
import type { CommandRuntime } from '../commands/handle.ts';
import { grant } from '../commands/wallet.ts';
import type { RecordedEvent } from '../events/envelope.ts';
import type { PlayerId } from '../events/ids.ts';
import type { RewardEvent } from '../events/reward.ts';
import type { AssetAmount } from '../events/wallet.ts';
import type { PersonalDataVault } from '../ports/personal-data.ts';
import { type DeadLetterRetry, RetryFailed } from './dead-letters.ts';
import { defineReactor, lateReactionTo, type Reaction, type Reactor } from './reactor.ts';

/** Where rewards that a wallet did not take are filed. */
export const rewardSource = 'reward';

export type PayoutRuntime = CommandRuntime & { readonly vault: PersonalDataVault };
type Payout = { readonly playerId: PlayerId; readonly ref: string; readonly assets: readonly AssetAmount[] };

/** Pays what an event promises to a player, once however often it is tried. What the wallet does not take is left to operators, so that
 *  nobody else waits for it.
 *  @param reactor the name of the reactor that pays
 *  @param part    tells the payouts of one event apart; left out where there is one */
export async function payOut(
  runtime: PayoutRuntime,
  payout: Payout,
  { reactor, eventId, part }: { readonly reactor: string; readonly part?: string } & Pick<RecordedEvent, 'eventId'>,
  reaction: Reaction,
): Promise<void> {
  const paid = await reaction.once((context) => grant(runtime, payout, context), part);
  if (paid.ok) return;
  const { playerId, ref, assets } = payout;
  const letter = {
    source: rewardSource,
    key: part === undefined ? eventId : `${eventId}:${part}`,
    reason: paid.code.toLowerCase(),
    attempts: 1,
    payload: {
      player_id: playerId,
      ref,
      assets: assets.map((asset) => ({ ...asset })),
      reactor,
      event_id: eventId,
      part: part ?? null,
    },
  };
  await reaction.once(
    (context) => fileDeadLetter(runtime, letter, context),
    part === undefined ? 'letter' : `letter/${part}`,
  );
}

/** Pays the reward of a dead letter under the key that its event has, so that nobody is paid twice. */
export const retryPayout =
  (runtime: CommandRuntime): DeadLetterRetry =>
  async ({ tenant, payload }, { now }) => {
    const { player_id, ref, assets, reactor, event_id, part } = payload as unknown as {
      readonly [name in 'ref' | 'reactor' | 'event_id']: string;
    } & { readonly player_id: PlayerId; readonly assets: readonly AssetAmount[]; readonly part: string | null };
    const outcome = await lateReactionTo({ tenant, eventId: event_id }, reactor, now).once(
      (context) => grant(runtime, { playerId: player_id, ref, assets }, context),
      part ?? undefined,
    );
    if (!outcome.ok) throw new RetryFailed(outcome.code.toLowerCase());
  };

const name = 'reward-payout';

/** Pays rewards of seasons into the wallets and inventories of players. */
export const rewardPayout = (runtime: PayoutRuntime): Reactor =>
  defineReactor<RewardEvent>({
    name,
    from: 'beginning',
    types: ['RewardGranted'],
    async react({ eventId, data: { season, playerId, rank, grants } }, reaction) {
      const payout = { playerId, ref: `season ${season}, rank ${rank}`, assets: grants };
      await payOut(runtime, payout, { reactor: name, eventId }, reaction);
    },
  });
