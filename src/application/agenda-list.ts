import { overdueMatches } from '../projections/matches.ts';
import { seasonsToArchive, seasonsToClose } from '../projections/season-queries.ts';
import { tournamentsDue } from '../projections/tournament-queries.ts';
import type { Agenda } from '../reactors/agenda.ts';
import { lostWork } from '../reactors/lost-work.ts';
import { matchDeadline } from '../reactors/match-deadline.ts';
import { seasonClosing } from '../reactors/season-closing.ts';
import { seasonArchival } from '../reactors/season-results.ts';
import { tournamentOccurrences } from '../reactors/tournament-occurrences.ts';
import type { AutomationDependencies } from './automation-dependencies.ts';
import { lostBotCommands, lostSendings } from './lost-jobs.ts';

/** Every agenda of the application. */
export const agendasOf = (dependencies: AutomationDependencies): readonly Agenda[] => {
  const { runtime, sql, generations, schedule } = dependencies;
  return [
    matchDeadline(runtime, (...page) => overdueMatches(sql, generations, ...page)),
    seasonClosing(runtime, (...page) => seasonsToClose(sql, generations, ...page)),
    seasonArchival(runtime, (...page) => seasonsToArchive(sql, generations, ...page)),
    tournamentOccurrences({ ...runtime, schedule }, (...page) => tournamentsDue(sql, generations, ...page)),
    lostWork('lost-bot-commands', lostBotCommands(sql, generations), dependencies),
    lostWork('lost-sendings', lostSendings(sql, generations), dependencies),
  ];
};
