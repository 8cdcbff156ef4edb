import type { BareEvent } from '../events/envelope.ts';
import type { LeaderboardEntryEvent } from '../events/leaderboard-entry.ts';
import type { SeasonEvent } from '../events/season.ts';
import { defineProjection } from './define.ts';
import { inOneForm } from './due-rows.ts';
import { standingAfter } from './standing.ts';
import { change } from './table.ts';

/** One row per player and season; NULL scores = withdrawn to nothing, kept for its version and never shown. Times in µs since 1970. */
export const entries = {
  name: 'leaderboard_entries',
  key: ['tenant', 'season', 'player_id'],
  columns: {
    tenant: 'text',
    season: 'text',
    player_id: 'uuid',
    score: 'bigint',
    subscore: 'bigint',
    reached_at: 'bigint',
    reached_partition: 'int',
    reached_position: 'bigint',
    event_id: 'uuid',
  },
} as const;

/** One row per season; `opened_…` is its place in the log, the order in which seasons are listed. */
export const seasons = {
  name: 'leaderboard_seasons',
  key: ['tenant', 'season'],
  columns: {
    tenant: 'text',
    season: 'text',
    operator: 'text',
    opens_at: 'text',
    closes_at: 'text',
    submit_by: 'text',
    status: 'text',
    opened_at: 'bigint',
    opened_partition: 'int',
    opened_position: 'bigint',
    closed_at: 'bigint',
    archived_at: 'bigint',
    rewards: 'text',
  },
  indexes: [
    { name: 'due', columns: ['closes_at', 'tenant', 'season'], where: "status = 'open'" },
    { name: 'ended', columns: ['closed_at', 'tenant', 'season'], where: "status = 'closed' AND archived_at IS NULL" },
  ],
} as const;

const entryChange = (
  event: BareEvent<Extract<LeaderboardEntryEvent, { type: 'LeaderboardUpdated' | 'ScoreWithdrawn' }>>,
) => {
  const standing = standingAfter(event);
  return [
    change(entries, event.version, {
      tenant: event.tenant,
      season: event.data.season,
      player_id: event.data.playerId,
      score: standing?.score ?? null,
      subscore: standing?.subscore ?? null,
      reached_at: standing?.reachedAt ?? null,
      reached_partition: standing?.partition ?? null,
      reached_position: standing?.position ?? null,
      event_id: standing?.eventId ?? null,
    }),
  ];
};

/** Standing scores and seasons. Boards are ordered by score and subscore, highest first, then by (reached_at, reached_partition,
 *  reached_position), then by player_id. */
export const leaderboards = defineProjection<LeaderboardEntryEvent | SeasonEvent>({
  name: 'leaderboards',
  about:
    'Standing scores and seasons. Boards are ordered by score and subscore, highest first, then by (reached_at, reached_partition, reached_position), then by player_id.',
  version: 2,
  tables: [entries, seasons],
  on: {
    LeaderboardUpdated: entryChange,
    ScoreWithdrawn: entryChange,
    ScoreAttempted: 'ignored', // leaves the standing score as it was
    SeasonOpened: ({ tenant, version, data, recordedAt, partition, position }) => [
      change(seasons, version, {
        tenant,
        season: data.season,
        operator: data.operator,
        opens_at: inOneForm(data.opensAt),
        closes_at: inOneForm(data.closesAt),
        submit_by: data.submitBy,
        status: 'open',
        opened_at: recordedAt,
        opened_partition: partition,
        opened_position: position,
      }),
    ],
    SeasonClosed: {
      withMetadata: ({ tenant, version, data, metadata: { occurredAt }, recordedAt }) => [
        change(seasons, version, {
          tenant,
          season: data.season,
          status: 'closed',
          closed_at: occurredAt === undefined ? recordedAt : BigInt(Date.parse(occurredAt)) * 1000n,
        }),
      ],
    },
    SeasonArchived: ({ tenant, version, data, recordedAt }) => [
      change(seasons, version, { tenant, season: data.season, archived_at: recordedAt }),
    ],
    SeasonRewardsDefined: ({ tenant, version, data }) => [
      change(seasons, version, { tenant, season: data.season, rewards: JSON.stringify(data.rewards) }),
    ],
    SeasonEntriesLimited: 'ignored', // of tournaments, which have a read model of their own
    SeasonRewardsAwarded: 'ignored', // who got what is in their own streams
  },
});
