import { seasonsToClose } from '../projections/leaderboards.ts';
import type { Agenda } from '../reactors/agenda.ts';
import { seasonClosing } from '../reactors/season-closing.ts';
import type { AutomationDependencies } from './automation-dependencies.ts';

/** Every agenda of the application. */
export const agendasOf = ({ runtime, sql, generations }: AutomationDependencies): readonly Agenda[] => [
  seasonClosing(runtime, (...page) => seasonsToClose(sql, generations, ...page)),
];
