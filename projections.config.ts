import type { Projection } from './src/ports/projection.ts';
import { analytics } from './src/projections/analytics.ts';
import { audit } from './src/projections/audit.ts';
import { botCommands } from './src/projections/bot-commands.ts';
import { botContacts } from './src/projections/bot-contacts.ts';
import { configVariants } from './src/projections/config-variants.ts';
import { deadLetters } from './src/projections/dead-letters.ts';
import { devices } from './src/projections/devices.ts';
import { economy } from './src/projections/economy.ts';
import { entitlements } from './src/projections/entitlements.ts';
import { experiments } from './src/projections/experiments.ts';
import { exposures } from './src/projections/exposures.ts';
import { groups } from './src/projections/groups.ts';
import { leaderboards } from './src/projections/leaderboards.ts';
import { ledger } from './src/projections/ledger.ts';
import { matches } from './src/projections/matches.ts';
import { matchmakingTickets } from './src/projections/matchmaking-tickets.ts';
import { memberships } from './src/projections/memberships.ts';
import { notificationTemplates } from './src/projections/notification-templates.ts';
import { notifications } from './src/projections/notifications.ts';
import { playerRatings } from './src/projections/player-ratings.ts';
import { products } from './src/projections/products.ts';
import { profiles } from './src/projections/profiles.ts';
import { purchases } from './src/projections/purchases.ts';
import { revenue } from './src/projections/revenue.ts';
import { sessionRevocations } from './src/projections/session-revocations.ts';
import { sessions } from './src/projections/sessions.ts';
import { tournamentEntries } from './src/projections/tournament-entries.ts';
import { tournaments } from './src/projections/tournaments.ts';

/** Every read model: its name, version, events and tables stand in its file. */
export const projections: readonly Projection[] = [
  analytics,
  audit,
  botCommands,
  botContacts,
  configVariants,
  devices,
  deadLetters,
  economy,
  entitlements,
  experiments,
  exposures,
  groups,
  leaderboards,
  ledger,
  notificationTemplates,
  notifications,
  matches,
  matchmakingTickets,
  memberships,
  playerRatings,
  products,
  profiles,
  purchases,
  revenue,
  sessionRevocations,
  sessions,
  tournamentEntries,
  tournaments,
];
