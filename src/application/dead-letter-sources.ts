import type { CommandRuntime } from '../commands/handle.ts';
import { pspSource } from '../commands/psp-event.ts';
import type { Ranking } from '../ports/ranking.ts';
import { retryBotCommand, retrySending } from '../reactors/abandoned-work.ts';
import type { DeadLetterSources } from '../reactors/dead-letters.ts';
import { matchScoreSource, retryMatchScore } from '../reactors/match-scores.ts';
import { retryPspEvent } from '../reactors/psp-events.ts';
import { retryPayout, rewardSource } from '../reactors/reward-payout.ts';
import { parsePspEvent } from '../security/psp-event.ts';

/** How dead letters are retried, by their source. A source that is not here can be listed and discarded only. */
export const deadLetterSourcesOf = (runtime: CommandRuntime & { readonly ranking: Ranking }): DeadLetterSources => ({
  'bot-command': retryBotCommand(runtime),
  notification: retrySending(runtime),
  [matchScoreSource]: retryMatchScore(runtime),
  [pspSource]: retryPspEvent(runtime, parsePspEvent),
  [rewardSource]: retryPayout(runtime),
});
