import type { TargetingRule } from '../events/targeting.ts';
import { bucketOf } from './bucket.ts';
import { isTargeted, type PlayerAttributes } from './targeting.ts';

/** What an assignment depends on. Times in ms since 1970; shares, ramp and places in a layer in basis points.
 *  @property run null = it does not run */
export type AssignableExperiment = {
  readonly experiment: string;
  readonly run: number | null;
  readonly cohorts: readonly { readonly cohort: string; readonly share: number }[];
  readonly targeting: TargetingRule | null;
  readonly layer: {
    readonly layer: string;
    readonly from: number;
    readonly to: number;
    readonly holdout: number;
  } | null;
  readonly ramp: number;
  readonly startsAt: number | null;
  readonly endsAt: number | null;
};

/** Why a player is in a cohort, or in none. */
export type AssignmentReason =
  | 'assigned'
  | 'not_running'
  | 'not_started'
  | 'ended'
  | 'not_targeted'
  | 'holdout'
  | 'in_another_slot'
  | 'not_ramped';

/** @property cohort null = the player does not take part */
export type Assignment = { readonly cohort: string | null; readonly reason: AssignmentReason };

const out = (reason: AssignmentReason): Assignment => ({ cohort: null, reason });

/** The cohort of a player, by nothing but what it is given: the same everywhere, at any time, and in any process. A player's cohort
 *  does not change while a run lasts; growing the ramp only lets more players in.
 *  @param at ms since 1970
 *  @see docs/experiments.md for the algorithm in words, and docs/assignment-vectors.json for examples */
export function assign(
  { experiment, run, cohorts, targeting, layer, ramp, startsAt, endsAt }: AssignableExperiment,
  player: string,
  attributes: PlayerAttributes,
  at: number,
): Assignment {
  if (run === null) return out('not_running');
  if (startsAt !== null && at < startsAt) return out('not_started');
  if (endsAt !== null && at >= endsAt) return out('ended');
  if (targeting !== null && !isTargeted(targeting, attributes)) return out('not_targeted');
  if (layer !== null) {
    if (bucketOf(`holdout/${layer.layer}`, player) < layer.holdout) return out('holdout');
    const place = bucketOf(`layer/${layer.layer}`, player);
    if (place < layer.from || place >= layer.to) return out('in_another_slot');
  }
  if (bucketOf(`ramp/${experiment}/${run}`, player) >= ramp) return out('not_ramped');
  const bucket = bucketOf(`cohort/${experiment}/${run}`, player);
  let end = 0;
  for (let index = 0; index < cohorts.length; index += 1) {
    const { cohort, share } = cohorts[index] as { cohort: string; share: number };
    end += share;
    if (bucket < end) return { cohort, reason: 'assigned' };
  }
  return out('not_running');
}
