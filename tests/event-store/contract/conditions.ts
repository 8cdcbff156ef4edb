import { describe, expect, test } from 'vitest';
import { ConditionFailed } from '../../../src/event-store/index.ts';
import { event, newStream, type StoreUnderTest, tenant } from './given.ts';

/** What conditions on other streams promise. */
export function conditions(here: StoreUnderTest): void {
  describe('conditions', () => {
    test('hold while their stream stands still, and fail when it has moved', async () => {
      const season = newStream('season');
      await here.appendOne(season, 0n);
      const score = (condition: bigint) =>
        here.store().append({
          tenant,
          streams: [{ streamId: newStream(), expectedVersion: 0n, events: [event()] }],
          conditions: [{ streamId: season, expectedVersion: condition }],
        });
      await score(1n);
      await expect(score(2n)).rejects.toBeInstanceOf(ConditionFailed);
      await here.appendOne(season, 1n);
      await expect(score(1n)).rejects.toMatchObject({
        name: 'ConditionFailed',
        streamId: season,
        expected: 1n,
        actual: 2n,
      });
      await score(2n);
    });

    test('never let a write through after the stream they watch has moved', async () => {
      for (let round = 0; round < 10; round += 1) {
        const season = newStream('season');
        await here.appendOne(season, 0n, { open: true });
        const scores = Array.from({ length: 60 }, async (_, n) => {
          const outcome = here.store().append({
            tenant,
            streams: [{ streamId: newStream(), expectedVersion: 0n, events: [event('Scored', { n })] }],
            conditions: [{ streamId: season, expectedVersion: 1n }],
          });
          return outcome
            .then((result) => result.events[0])
            .catch((error) => {
              if (error instanceof ConditionFailed) return null;
              throw error;
            });
        });
        const close = here.appendOne(season, 1n, { open: false });
        const closedAt = (await close).events[0]?.recordedAt as bigint;
        for (const scored of await Promise.all(scores))
          if (scored) expect(scored.recordedAt).toBeLessThanOrEqual(closedAt);
      }
    });
  });
}
