/** What is believed of a player's strength. */
type Belief = { readonly mu: number; readonly sigma: number };

/** How a match changes what is believed of those who played it. Pure: the same arguments give the same answer. */
export type RatingModel = {
  /** Of somebody who has not played yet. */
  readonly unknown: Belief;
  /** @param teams  beliefs before the match
   *  @param places place of each team, from 1; equal places drew
   *  @returns beliefs after it, in the same order */
  rate(teams: readonly (readonly Belief[])[], places: readonly number[]): readonly (readonly Belief[])[];
};
