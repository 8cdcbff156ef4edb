import type { DomainEvent } from './catalogue.ts';
import type { JsonObject } from './envelope.ts';

/** What the outside world is told of an event: own schema (snake_case), no personal data. */
export type PublicMessage = {
  readonly aggregateType: string;
  readonly aggregateId: string;
  readonly type: string;
  readonly payload: JsonObject;
};

/** Public messages of an event; none for events that are nobody's business outside. */
export function publicMessages(event: DomainEvent): readonly PublicMessage[] {
  const message = (aggregateType: string, aggregateId: string, payload: JsonObject) => [
    { aggregateType, aggregateId, type: event.type, payload },
  ];
  switch (event.type) {
    case 'PlayerAuthenticated': {
      const { playerId, sessionId, method } = event.data;
      return message('player', playerId, { player_id: playerId, session_id: sessionId, method });
    }
    case 'LeaderboardUpdated': {
      const { season, playerId, standing, operator } = event.data;
      return message('leaderboard', season, { season, player_id: playerId, operator, ...standing });
    }
    case 'ScoreWithdrawn': {
      const { season, playerId, withdrawnEventId, standing } = event.data;
      const now = standing && { score: standing.score, subscore: standing.subscore };
      return message('leaderboard', season, {
        season,
        player_id: playerId,
        withdrawn_event_id: withdrawnEventId,
        standing: now,
      });
    }
    case 'SeasonOpened': {
      const { season, operator, opensAt, closesAt } = event.data;
      return message('leaderboard', season, { season, operator, opens_at: opensAt, closes_at: closesAt });
    }
    case 'SeasonClosed':
      return message('leaderboard', event.data.season, { season: event.data.season });
    default:
      return [];
  }
}
