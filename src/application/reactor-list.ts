import { openskill } from '../matchmaking/openskill.ts';
import { abandonedWork } from '../reactors/abandoned-work.ts';
import { codeMails } from '../reactors/code-mails.ts';
import { deadLetters } from '../reactors/dead-letters.ts';
import { matchRatings, matchRewards } from '../reactors/match-outcomes.ts';
import { matchScores } from '../reactors/match-scores.ts';
import { notificationFanOut } from '../reactors/notification-fan-out.ts';
import { outsideWork } from '../reactors/outside-work.ts';
import { partyTickets } from '../reactors/party-tickets.ts';
import { passwordReset } from '../reactors/password-reset.ts';
import { personalDataErasure } from '../reactors/personal-data-erasure.ts';
import type { Reactor } from '../reactors/reactor.ts';
import { rewardPayout } from '../reactors/reward-payout.ts';
import { seasonArchives, seasonAwards, seasonRewards } from '../reactors/season-results.ts';
import { maxTokenLifeS } from '../security/keys.ts';
import type { AutomationDependencies } from './automation-dependencies.ts';
import { erasersOf } from './erasers.ts';
import { sessionsOf } from './sessions-of.ts';

/** Every reactor of the application. */
export const reactorsOf = (dependencies: AutomationDependencies): readonly Reactor[] => [
  matchRatings({ ...dependencies.runtime, ratings: openskill }),
  ...(dependencies.matchSeason === undefined ? [] : [matchScores(dependencies.runtime, dependencies.matchSeason)]),
  ...(dependencies.matchReward === undefined ? [] : [matchRewards(dependencies.runtime, dependencies.matchReward)]),
  notificationFanOut(dependencies.runtime),
  outsideWork(dependencies.jobs),
  partyTickets(dependencies.runtime),
  passwordReset(dependencies.runtime, sessionsOf(dependencies), maxTokenLifeS),
  personalDataErasure(dependencies.runtime, erasersOf(dependencies)),
  abandonedWork(dependencies.runtime),
  codeMails(dependencies.runtime, dependencies.newCode),
  deadLetters({
    runtime: dependencies.runtime,
    records: dependencies.runtime.records,
    reveal: dependencies.reveal,
    sources: dependencies.deadLetterSources,
    onFailure: (id, error) =>
      dependencies.log.warn({ deadLetter: id, err: error }, 'the retry of a dead letter failed'),
  }),
  seasonAwards(dependencies.runtime, dependencies.finalRanks),
  seasonRewards(dependencies.runtime),
  rewardPayout(dependencies.runtime),
  seasonArchives(dependencies.finalRanks, dependencies.seasonHistory),
];
