import { season } from '../aggregates/season.ts';
import { linkContact, playerOfContact, unlinkContact } from '../commands/bot-contact.ts';
import { loadState, using } from '../commands/stream-use.ts';
import type { ContactId, SeasonName, TenantId } from '../events/ids.ts';
import { seasonStream } from '../events/season.ts';
import { contextOf, type WorkerContext } from './context.ts';

/** What a command came to. @property result one word, for operators; @property text for who asked */
export type BotAnswer = { readonly result: string; readonly text: string };

/** @property about where it stands in the log */
export type BotQuestion = {
  readonly tenant: TenantId;
  readonly contactId: ContactId;
  readonly command: string;
  readonly argument: string;
  readonly about: string;
};

const help = [
  'This is what I know:',
  '/link <code> - who you are in the game; the game shows you the code',
  '/rank <season> - your rank in a season',
  '/seasons - seasons that are open',
  '/unlink - forget who you are',
].join('\n');
const notLinked: BotAnswer = {
  result: 'not_linked',
  text: 'I do not know who you are in the game. Send /link and the code that the game shows you.',
};

/** Does what a command asks for, and says what to answer. Doing it again changes nothing. */
export async function answerTo(context: WorkerContext, question: BotQuestion): Promise<BotAnswer> {
  const { tenant, contactId, command } = question;
  switch (command) {
    case 'start':
    case 'help':
      return { result: 'answered', text: help };
    case 'seasons': {
      const open = await context.openSeasons(tenant);
      return { result: 'answered', text: open.length === 0 ? 'No season is open.' : `Open: ${open.join(', ')}` };
    }
    case 'rank':
      return rank(context, question);
    case 'link':
      return link(context, question);
    case 'unlink':
      await unlinkContact(context.runtime, contactId, contextOf(context, tenant, question.about));
      return { result: 'unlinked', text: 'I have forgotten who you are.' };
    default:
      return { result: 'not_understood', text: `I did not understand that.\n${help}` };
  }
}

async function rank(context: WorkerContext, { tenant, contactId, argument }: BotQuestion): Promise<BotAnswer> {
  const { runtime } = context;
  const playerId = await playerOfContact(runtime, tenant, contactId);
  if (playerId === null) return notLinked;
  const unknown = { result: 'season_unknown', text: 'There is no such season. /seasons lists those that are open.' };
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(argument)) return unknown;
  const name = argument as SeasonName;
  const stream = using(season, seasonStream(tenant, name));
  if ((await loadState(runtime.log, runtime.states, stream, true)).phase === 'absent') return unknown;
  await runtime.ranking.ready(tenant, name);
  const found = runtime.ranking.rankOf(tenant, name, playerId);
  return found === null
    ? { result: 'no_entry', text: `You have no score in ${name}.` }
    : { result: 'answered', text: `Your rank in ${name}: ${found}` };
}

async function link(context: WorkerContext, question: BotQuestion): Promise<BotAnswer> {
  const { tenant, contactId, argument, about } = question;
  const codeHash = context.hashCode(tenant, argument.toUpperCase());
  const { outcome } = await linkContact(context.runtime, { codeHash, contactId }, contextOf(context, tenant, about));
  return outcome.ok
    ? { result: 'linked', text: 'Now I know who you are. Try /rank.' }
    : { result: 'link_refused', text: 'This code does not count, or no longer. Get a new one from the game.' };
}
