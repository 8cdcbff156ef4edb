import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EventLog } from '../../src/event-store/port.ts';
import { leaderboardEntryStream } from '../../src/events/leaderboard-entry.ts';
import { reactorProcessor } from '../../src/reactors/reactor-processor.ts';
import { dyingAt } from '../commands/dying-log.ts';
import { now, openLog, processOn, tenant } from '../commands/support.ts';
import { player, scored, spring } from '../processors/log-under-test.ts';
import { countingReactor, eventsOf } from './counting.ts';

/** Takes each partition's events from its checkpoint on, and moves the checkpoint only when all of them were answered. */
async function follow(log: EventLog, checkpoints: Map<number, bigint>, as: EventLog, batch: number): Promise<void> {
  const processor = reactorProcessor(countingReactor(processOn(as), undefined, 2), () => now);
  for (let partition = 0; partition < log.info.partitions; partition += 1)
    for (;;) {
      const after = checkpoints.get(partition) ?? 0n;
      const events = await log.readPartition(partition, { after, limit: batch, types: processor.types });
      if (events.length === 0) break;
      await processor.handle(events);
      checkpoints.set(partition, events.at(-1)!.position);
    }
}

const crash = fc.record({
  call: fc.integer({ min: 1, max: 30 }),
  effect: fc.constantFrom('before' as const, 'after' as const),
  batch: fc.integer({ min: 1, max: 7 }),
});

test('whatever processes are killed at whatever call, and however many answer at once, each command succeeds once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 12 }),
      fc.array(crash, { maxLength: 6 }),
      async (players, crashes) => {
        const log = openLog();
        const checkpoints = new Map<number, bigint>();
        for (const who of players)
          await log.append({
            tenant,
            streams: [
              {
                streamId: leaderboardEntryStream(tenant, spring, player(who)),
                expectedVersion: 'any',
                events: [scored(who, 1)],
              },
            ],
          });
        for (const { call, effect, batch } of crashes)
          await follow(log, checkpoints, dyingAt(log, call, effect), batch).catch(() => undefined);
        // two processes that both think that the partitions are theirs, one of them with the checkpoints of before
        await Promise.all([follow(log, new Map(), log, 3), follow(log, checkpoints, log, 5)]);

        const causes = await eventsOf(log, 'LeaderboardUpdated');
        const answers = await eventsOf(log, 'ScoreAttempted');
        const expected = causes.flatMap(({ eventId }) => [eventId, eventId]).sort();
        expect(answers.map(({ metadata }) => metadata.causationId).sort()).toEqual(expected);
        expect(causes).toHaveLength(players.length);
      },
    ),
    { numRuns: 150 },
  );
});
