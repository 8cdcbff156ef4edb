import { accounts } from './account.ts';
import { analytics } from './analytics.ts';
import { audit } from './audit.ts';
import { bots } from './bot.ts';
import { economy } from './economy.ts';
import { experiments } from './experiment.ts';
import { groups } from './group.ts';
import { leaderboards } from './leaderboard.ts';
import { matches } from './match.ts';
import { notifications } from './notification.ts';
import type { Tables } from './rows.ts';
import { tournaments } from './tournament.ts';

/** What each table of each read model must hold, worked out from the events with plain loops and nothing of the product.
 *
 *  A new read model gets its tables here; until then the journey fails. */
export const folds: Tables = {
  ...accounts,
  ...analytics,
  ...audit,
  ...bots,
  ...economy,
  ...experiments,
  ...groups,
  ...leaderboards,
  ...matches,
  ...notifications,
  ...tournaments,
};
