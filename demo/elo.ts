/** One finished match; ids and names as the file gives them. */
export type Match = {
  readonly winnerId: string;
  readonly winnerName: string;
  readonly loserId: string;
  readonly loserName: string;
};

/** A match with both ratings after it. */
export type RatedMatch = Match & { readonly winnerRating: number; readonly loserRating: number };

const firstRating = 1_500;
const roundHalfUp = (value: number): number => Math.floor(value + 0.5);

/** Gives each match the Elo ratings after it, in file order: all start at 1500, K = 32, rounded half up to integers. */
export function rateMatches(matches: readonly Match[]): readonly RatedMatch[] {
  const ratings = new Map<string, number>();
  return matches.map((match) => {
    const winner = ratings.get(match.winnerId) ?? firstRating;
    const loser = ratings.get(match.loserId) ?? firstRating;
    const gain = 32 * (1 - 1 / (1 + 10 ** ((loser - winner) / 400)));
    const winnerRating = roundHalfUp(winner + gain);
    const loserRating = roundHalfUp(loser - gain);
    ratings.set(match.winnerId, winnerRating);
    ratings.set(match.loserId, loserRating);
    return { ...match, winnerRating, loserRating };
  });
}
