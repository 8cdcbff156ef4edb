/** Tables of the read model `analytics`. Times in µs since 1970 by our clock, days since 1970 in UTC. None has a version: what was seen is known
 *  by `analytics_events`, in which each event stands once. */

/** One row per event that a client told, as it was told first; `batch` and `ordinal` are its place in the player's stream. `properties` is the
 *  ciphertext of the log, `measures` a JSON object of numbers. */
export const eventsTable = {
  name: 'analytics_events',
  versioned: false,
  key: ['tenant', 'player_id', 'event_id'],
  columns: {
    tenant: 'text',
    player_id: 'uuid',
    event_id: 'uuid',
    name: 'text',
    at: 'bigint',
    device_at: 'bigint',
    received_at: 'bigint',
    batch: 'bigint',
    ordinal: 'int',
    measures: 'text',
    properties: 'text',
    experiment: 'text',
    cohort: 'text',
  },
  indexes: [
    // reports ask for these of many players at once, whose rows are far apart
    {
      name: 'player',
      columns: ['tenant', 'player_id', 'at', 'batch', 'ordinal'],
      include: ['name', 'experiment', 'measures'],
    },
    { name: 'name', columns: ['tenant', 'name', 'at'] },
    { name: 'time', columns: ['tenant', 'at'] },
    {
      name: 'cohort',
      columns: ['tenant', 'experiment', 'cohort', 'at'],
      where: 'experiment IS NOT NULL',
    },
  ],
} as const;

/** One row per name, day and partition of the log: how many events of that name there are. By partition, so that two writers never want one row. */
export const countsTable = {
  name: 'analytics_event_counts',
  versioned: false,
  key: ['tenant', 'day', 'name', 'partition'],
  columns: { tenant: 'text', day: 'int', name: 'text', partition: 'int', events: 'bigint' },
} as const;

/** One row per player and day on which they signed in or did something. */
export const daysTable = {
  name: 'player_days',
  versioned: false,
  key: ['tenant', 'day', 'player_id'],
  columns: { tenant: 'text', day: 'int', player_id: 'uuid' },
  indexes: [{ name: 'player', columns: ['tenant', 'player_id', 'day'] }],
} as const;

/** One row per player: the first and the last of their days. */
export const firstDaysTable = {
  name: 'player_first_days',
  versioned: false,
  key: ['tenant', 'player_id'],
  columns: { tenant: 'text', player_id: 'uuid', first_day: 'int', last_day: 'int' },
  indexes: [{ name: 'day', columns: ['tenant', 'first_day', 'player_id'] }],
} as const;

/** Length of a slot, 10 minutes in µs. Play sessions are apart by more than a slot, so all events of one slot are of one session. */
export const slotMicros = 600_000_000n;

/** One row per player and slot of ten minutes with events: the first one of them, the last one, and how many there are. */
export const activityTable = {
  name: 'player_activity',
  versioned: false,
  key: ['tenant', 'player_id', 'slot'],
  columns: {
    tenant: 'text',
    player_id: 'uuid',
    slot: 'bigint',
    day: 'int',
    first_at: 'bigint',
    last_at: 'bigint',
    events: 'bigint',
  },
  indexes: [{ name: 'day', columns: ['tenant', 'day'] }],
} as const;

/** The longest gap that is told of: none of a player's days was in the month before. */
export const longestGap = 30;

/** One row per day and gap: how many players were there on the day and so many days before, but not between; at most {@link longestGap}. Whom a
 *  window of days sees for the first time follows from it, so nobody has to be looked up to count players of a week or a month. */
export const gapsTable = {
  name: 'player_day_gaps',
  versioned: false,
  key: ['tenant', 'day', 'gap'],
  columns: { tenant: 'text', day: 'int', gap: 'int', players: 'bigint' },
} as const;

/** The longest time after which it is told whether players came back, in days. */
export const furthestReturn = 90;

/** One row per first day and time after it in days, at most {@link furthestReturn}: how many of the players whose first day it is were there then; after 0
 *  days that is all of them. */
export const returnsTable = {
  name: 'player_returns',
  versioned: false,
  key: ['tenant', 'first_day', 'after_days'],
  columns: { tenant: 'text', first_day: 'int', after_days: 'int', players: 'bigint' },
} as const;

/** More minutes than a play session may be interrupted for: a day. */
export const endlessPause = 1_441;

/** One row per day and length of a pause in whole minutes, rounded up: the slots that begin on the day after so long a pause (at most {@link endlessPause},
 *  which no slot before is as well), how long these pauses are together, and how long the slots, both in µs. */
export const pausesTable = {
  name: 'player_pauses',
  versioned: false,
  key: ['tenant', 'day', 'minutes'],
  columns: { tenant: 'text', day: 'int', minutes: 'int', slots: 'bigint', paused: 'bigint', played: 'bigint' },
} as const;
