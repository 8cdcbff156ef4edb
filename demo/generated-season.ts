import type { Match } from './elo.ts';

const given = [
  'Ada',
  'Ben',
  'Chi',
  'Dana',
  'Emil',
  'Fatou',
  'Goran',
  'Hana',
  'Ivo',
  'Jun',
  'Kofi',
  'Lena',
  'Mika',
  'Nour',
];
const family = ['Abe', 'Berg', 'Cruz', 'Diaz', 'Engel', 'Faro', 'Gray', 'Holm', 'Ito', 'Jansen', 'Kim', 'Lund', 'Moss'];

/** Numbers from 0 to 1, the same for the same seed.
 *  @see https://gist.github.com/tommyettinger/46a874533244883189143505d203312c (mulberry32, public domain) */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Makes up a season in which stronger players win more often; the same for the same arguments. */
export function generateSeason(players: number, matches: number, seed = 1): readonly Match[] {
  const random = seededRandom(seed);
  const strengths = Array.from({ length: players }, () => random() * 800);
  const nameOf = (player: number) =>
    `${given[player % given.length]} ${family[Math.floor(player / given.length) % family.length]}`;
  return Array.from({ length: matches }, () => {
    const one = Math.floor(random() * players);
    const other = (one + 1 + Math.floor(random() * (players - 1))) % players;
    const oneWins = random() < 1 / (1 + 10 ** ((strengths[other]! - strengths[one]!) / 400));
    const [winner, loser] = oneWins ? [one, other] : [other, one];
    return { winnerId: `${winner}`, winnerName: nameOf(winner), loserId: `${loser}`, loserName: nameOf(loser) };
  });
}
