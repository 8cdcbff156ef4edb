import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyticsBatch, correctedTime, type ToldEvent } from '../../src/aggregates/analytics-batch.ts';
import { alice, at, iso, visit } from './examples.ts';
import { specification } from './specification.ts';

const given = specification(analyticsBatch);
const day = 86_400_000;
const told = (deviceAt: number): ToldEvent => ({
  id: '88888888-8888-4888-8888-888888888888',
  name: 'level_completed',
  deviceAt,
  measures: { level: 12 },
  properties: 'pd1.sealed',
  experiment: 'tutorial-length',
  cohort: 'short',
});
const collecting = (deviceAt: number, sentAt: number | null) => ({
  type: 'CollectAnalytics' as const,
  playerId: alice,
  sessionId: visit,
  receivedAt: at('12:00'),
  sentAt,
  maxAgeMs: 30 * day,
  events: [told(deviceAt)],
});

test('a batch is one event, whose times are by our clock and by that of the device', () => {
  const { deviceAt: _, ...rest } = told(0);
  given()
    .when(collecting(at('10:50'), at('11:00')))
    .thenEachTime({
      type: 'AnalyticsCollected',
      data: {
        playerId: alice,
        sessionId: visit,
        receivedAt: iso('12:00'),
        sentAt: iso('11:00'),
        events: [{ ...rest, at: iso('11:50'), deviceAt: iso('10:50') }],
      },
    });
});

describe('the time of an event', () => {
  const correct = (deviceAt: number, sentAt: number | null) =>
    correctedTime(deviceAt, { receivedAt: at('12:00'), sentAt, maxAgeMs: 30 * day });

  test.each([
    ['is the device’s where that does not say when it sent', at('11:30'), null, at('11:30')],
    ['is put right where the device’s clock is slow', at('02:30'), at('03:00'), at('11:30')],
    ['is put right where the device’s clock is fast', at('22:30'), at('23:00'), at('11:30')],
    ['is put right where the device believes it is 1970', 60_000, 90_000, at('12:00') - 30_000],
    ['is that of arrival where it would be after it', at('12:01'), null, at('12:00')],
    ['is that of arrival where it would be after it was sent', at('11:05'), at('11:00'), at('12:00')],
    ['may be as old as events may be', at('12:00') - 30 * day, null, at('12:00') - 30 * day],
    ['is that of arrival where it would be older', at('12:00') - 30 * day - 1, null, at('12:00')],
  ])('%s', (_, deviceAt, sentAt, expected) => expect(correct(deviceAt, sentAt)).toBe(expected));

  test('does not depend on how wrong the device’s clock is', () => {
    const ago = fc.integer({ min: 0, max: 30 * day });
    const wrong = fc.integer({ min: -20_000 * day, max: 2_000_000 * day });
    fc.assert(
      fc.property(ago, wrong, (before, ahead) => {
        const sentAt = at('12:00') + ahead;
        expect(correct(sentAt - before, sentAt)).toBe(at('12:00') - before);
      }),
    );
  });
});
