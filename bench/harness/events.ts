import { randomUUID } from 'node:crypto';
import type { Append, NewEvent } from '../../src/event-store/port.ts';
import type { PlayerId, SeasonName, StreamId, TenantId } from '../../src/events/ids.ts';
import { leaderboardEntryStream } from '../../src/events/leaderboard-entry.ts';

export const tenant = 'default' as TenantId;
export const season = 'bench' as SeasonName;

/** The data of a score as the façade stores it. */
export const scoreData = (playerId: string, score: number, inSeason = season) => ({
  season: inSeason,
  playerId,
  operator: 'best' as const,
  attempt: { score, subscore: 0 },
  metadata: {},
  standing: { score, subscore: 0 },
  previous: null,
});

export const scoreEvent = (playerId: string, score: number, inSeason = season): NewEvent => ({
  type: 'LeaderboardUpdated',
  data: scoreData(playerId, score, inSeason),
  metadata: { occurredAt: '2026-01-01T00:00:00.000Z', correlationId: playerId, actor: playerId },
});

export const entryStream = (playerId: string, inSeason = season): StreamId =>
  leaderboardEntryStream(tenant, inSeason, playerId as PlayerId);

/** One command as the façade commits it: event, public message and idempotency record. */
export function scoreCommand(streamId: StreamId, expectedVersion: bigint, playerId: string, score: number): Append {
  return {
    tenant,
    streams: [
      {
        streamId,
        expectedVersion,
        events: [
          {
            ...scoreEvent(playerId, score),
            messages: [
              {
                aggregateType: 'leaderboard',
                aggregateId: playerId,
                type: 'LeaderboardUpdated',
                payload: { season, player_id: playerId, score },
              },
            ],
          },
        ],
      },
    ],
    record: {
      tenant,
      scope: `player:${playerId} POST /v1/leaderboards/${season}/score`,
      key: randomUUID(),
      requestHash: 'b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184',
      status: 200,
      response: '{"rank":12345}',
      expiresAt: Date.now() + 86_400_000,
    },
  };
}
