import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fairShare, type PartitionHold } from '../../src/processors/partition-share.ts';

const partitions = Array.from({ length: 16 }, (_, partition) => partition);

test('processes that start, die and come back end up with a fair share each', () => {
  const story = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.boolean()), { maxLength: 40 });
  fc.assert(
    fc.property(story, (steps) => {
      let owners = new Map<number, string>();
      const alive = new Set<string>();
      const turn = (me: string) => {
        const holds: PartitionHold[] = partitions.map((partition) => {
          const owner = owners.get(partition) ?? null;
          return { partition, owner, free: owner === null || !alive.has(owner) };
        });
        const { claim, release } = fairShare(holds, me, alive.size);
        expect(
          claim.every((partition) => !alive.has(owners.get(partition) ?? '') || owners.get(partition) === me),
        ).toBe(true);
        for (const partition of release) owners.delete(partition);
        for (const partition of claim) owners.set(partition, me);
      };
      for (const [me, dies] of steps) {
        if (dies) alive.delete(me);
        else {
          alive.add(me);
          turn(me);
        }
      }
      alive.add('a');
      for (const me of [...alive, ...alive]) turn(me);
      const counts = [...alive].map((me) => [...owners.values()].filter((owner) => owner === me).length);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(16);
      expect(Math.max(...counts)).toBeLessThanOrEqual(Math.ceil(16 / alive.size));
      owners = new Map();
    }),
  );
});
