import { z } from 'zod';
import { define, type EventDefinition, type EventsOf } from './definition.ts';
import { instantField, playerIdField, seasonField } from './fields.ts';
import { type PlayerId, type SeasonName, streamId, type TenantId, type TournamentName } from './ids.ts';
import { rewardTierField } from './reward.ts';
import { operatorField } from './season.ts';

export const tournamentField = z.string().regex(/^[A-Za-z0-9._-]{1,48}$/) as unknown as z.ZodType<
  TournamentName,
  string
>;
const maxMs = 366 * 24 * 3_600_000;

/** What every occurrence of a tournament is made of.
 *  `cron` is in UTC; `entryMs` = how long after its beginning players may enter, `maxEntries` = how many, null = no bound. */
const rules = {
  operator: operatorField,
  submitBy: z.enum(['players', 'service']),
  cron: z.string().min(9).max(100),
  durationMs: z.int().min(60_000).max(maxMs),
  entryMs: z.int().min(1).max(maxMs),
  maxEntries: z.int().min(1).max(1_000_000).nullable(),
  rewards: z.array(rewardTierField).max(100),
  endsAt: instantField.nullable(),
};

const rulesObject = z.object(rules);
/** What every occurrence of a tournament is made of. */
export type TournamentRules = z.infer<typeof rulesObject>;

const occurrence = {
  season: seasonField,
  opensAt: instantField,
  closesAt: instantField,
  entriesCloseAt: instantField,
  nextAt: instantField.nullable(),
};
const occurrenceObject = z.object(occurrence);
export type Occurrence = z.infer<typeof occurrenceObject>;

/** Stream `tournament-<tenant>_<tournament>`: a competition that comes again. Each occurrence is a season of its own; `nextAt` is when the
 *  following one begins, null = there is none. */
export const tournamentEvents = {
  TournamentScheduled: define({
    version: 1,
    schema: z.object({ tournament: tournamentField, ...rules, nextAt: instantField.nullable() }),
    message: ({ tournament, operator, cron, nextAt }) => ({
      aggregateType: 'tournament',
      aggregateId: tournament,
      payload: { tournament, operator, cron, next_at: nextAt },
    }),
  }),
  TournamentOccurrenceOpened: define({
    version: 1,
    schema: z.object({ tournament: tournamentField, ...occurrence }),
    message: ({ tournament, season, opensAt, closesAt }) => ({
      aggregateType: 'tournament',
      aggregateId: tournament,
      payload: { tournament, season, opens_at: opensAt, closes_at: closesAt },
    }),
  }),
  /** Nobody ran from one occurrence's beginning to its end: those from `from` on, before `nextAt`, were left out. */
  TournamentOccurrencesMissed: define({
    version: 1,
    schema: z.object({ tournament: tournamentField, from: instantField, nextAt: instantField.nullable() }),
  }),
  TournamentEnded: define({ version: 1, schema: z.object({ tournament: tournamentField }) }),
} satisfies Record<string, EventDefinition>;

/** Stream `roster-<tenant>_<season>`: how many have entered an occurrence. */
export const rosterEvents = {
  TournamentSeatTaken: define({
    version: 1,
    schema: z.object({ season: seasonField, entries: z.int().min(1) }),
  }),
} satisfies Record<string, EventDefinition>;

/** Stream `entrant-<tenant>_<season>_<player>`: a player in an occurrence. */
export const entrantEvents = {
  TournamentEntered: define({
    version: 1,
    schema: z.object({ tournament: tournamentField, season: seasonField, playerId: playerIdField }),
    message: ({ tournament, season, playerId }) => ({
      aggregateType: 'tournament',
      aggregateId: tournament,
      payload: { tournament, season, player_id: playerId },
    }),
  }),
} satisfies Record<string, EventDefinition>;

export type TournamentEvent = EventsOf<typeof tournamentEvents>;
export type RosterEvent = EventsOf<typeof rosterEvents>;
export type EntrantEvent = EventsOf<typeof entrantEvents>;

/** Name of the season of an occurrence; no operator can open a season with such a name. @param opensAt milliseconds since 1970 */
export const occurrenceSeason = (tournament: TournamentName, opensAt: number): SeasonName =>
  `${tournament}~${new Date(opensAt).toISOString().replaceAll(/[-:]/g, '').slice(0, 13)}Z` as SeasonName;

export const tournamentStream = (tenant: TenantId, tournament: TournamentName) =>
  streamId('tournament', tenant, tournament);
export const rosterStream = (tenant: TenantId, season: SeasonName) => streamId('roster', tenant, season);
export const entrantStream = (tenant: TenantId, season: SeasonName, player: PlayerId) =>
  streamId('entrant', tenant, season, player);
