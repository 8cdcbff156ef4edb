import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openskill } from '../../src/matchmaking/openskill.ts';

const belief = fc.record({
  mu: fc.double({ min: 0, max: 60, noNaN: true }),
  sigma: fc.double({ min: 0.5, max: 9, noNaN: true }),
});
const someTeams = fc.array(fc.array(belief, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 5 });
const { unknown, rate } = openskill;

describe('the rating model', () => {
  test('believes more of who won, less of who lost, and is surer of both', () => {
    const [[winner], [loser]] = rate([[unknown], [unknown]], [1, 2]) as [[typeof unknown], [typeof unknown]];
    expect(winner.mu).toBeGreaterThan(unknown.mu);
    expect(loser.mu).toBeLessThan(unknown.mu);
    expect(winner.sigma).toBeLessThan(unknown.sigma);
    expect(loser.sigma).toBeLessThan(unknown.sigma);
  });

  test('moves equals nowhere when they draw', () => {
    const [[one], [other]] = rate([[unknown], [unknown]], [1, 1]) as [[typeof unknown], [typeof unknown]];
    expect([one.mu, other.mu]).toEqual([unknown.mu, unknown.mu]);
  });

  test('answers for each player of each team, in order, with the same for the same', () => {
    fc.assert(
      fc.property(someTeams, fc.integer(), (teams, seed) => {
        const places = teams.map((_, at) => 1 + (Math.abs(Math.imul(at + 1, seed)) % teams.length));
        const before = JSON.stringify(teams);
        const after = rate(teams, places);
        expect(after.map((team) => team.length)).toEqual(teams.map((team) => team.length));
        for (const { mu, sigma } of after.flat()) expect(Number.isFinite(mu) && sigma > 0).toBe(true);
        expect(rate(teams, places)).toEqual(after);
        expect(JSON.stringify(teams)).toBe(before);
      }),
    );
  });

  test('asks for places, not for the order of teams', () => {
    const [strong, weak] = [
      { mu: 30, sigma: 4 },
      { mu: 20, sigma: 6 },
    ];
    const [one, other] = rate([[strong], [weak]], [2, 1]);
    expect(rate([[weak], [strong]], [1, 2])).toEqual([other, one]);
  });
});
