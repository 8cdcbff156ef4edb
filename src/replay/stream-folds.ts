import { battleMatch } from '../aggregates/battle-match.ts';
import { botCommand } from '../aggregates/bot-command.ts';
import { botContact, linkCode } from '../aggregates/bot-contact.ts';
import { configVariant } from '../aggregates/config-variant.ts';
import { deadLetter } from '../aggregates/dead-letter.ts';
import type { Fold } from '../aggregates/decider.ts';
import { device } from '../aggregates/device.ts';
import { email } from '../aggregates/email.ts';
import { emailCode } from '../aggregates/email-code.ts';
import { experiment } from '../aggregates/experiment.ts';
import { experimentLayer } from '../aggregates/experiment-layer.ts';
import { exposure } from '../aggregates/exposure.ts';
import { group } from '../aggregates/group.ts';
import { groupName } from '../aggregates/group-name.ts';
import { leaderboardEntry } from '../aggregates/leaderboard-entry.ts';
import { matchmakingTicket } from '../aggregates/matchmaking-ticket.ts';
import { notification } from '../aggregates/notification.ts';
import { delivery } from '../aggregates/notification-delivery.ts';
import { preferences, template } from '../aggregates/notification-settings.ts';
import { party } from '../aggregates/party.ts';
import { partyPlace } from '../aggregates/party-place.ts';
import { playerAccount } from '../aggregates/player-account.ts';
import { product } from '../aggregates/product.ts';
import { purchase } from '../aggregates/purchase.ts';
import { rating } from '../aggregates/rating.ts';
import { receipt } from '../aggregates/receipt.ts';
import { reward } from '../aggregates/reward.ts';
import { season } from '../aggregates/season.ts';
import { seat } from '../aggregates/seat.ts';
import { session } from '../aggregates/session.ts';
import { social } from '../aggregates/social.ts';
import { tournament } from '../aggregates/tournament.ts';
import { entrant, roster } from '../aggregates/tournament-entry.ts';
import { wallet } from '../aggregates/wallet.ts';

// biome-ignore lint/suspicious/noExplicitAny: each fold takes its own events, which the stream's category chooses
type AnyFold = Fold<any, any>;

/** How the state of a stream follows from its events, by the category of its name. */
export const streamFolds: Readonly<Record<string, AnyFold>> = {
  botcommand: botCommand,
  botcontact: botContact,
  config: configVariant,
  deadletter: deadLetter,
  delivery,
  device,
  email,
  emailcode: emailCode,
  entrant,
  entry: leaderboardEntry,
  experiment,
  experimentlayer: experimentLayer,
  exposure,
  group,
  groupname: groupName,
  linkcode: linkCode,
  match: battleMatch,
  notification,
  notificationprefs: preferences,
  notificationtemplate: template,
  party,
  partyplace: partyPlace,
  player: playerAccount,
  product,
  purchase,
  rating,
  receipt,
  reward,
  roster,
  season,
  seat,
  session,
  social,
  ticket: matchmakingTicket,
  tournament,
  wallet,
};
