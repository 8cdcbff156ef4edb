/** What a bot understands. */
export const botCommandNames = ['start', 'help', 'rank', 'seasons', 'link', 'unlink'] as const;
export type BotCommandName = (typeof botCommandNames)[number] | 'unknown';

/** @property argument what stands after the command, at most 64 characters; '' when there is nothing */
export type BotText = { readonly command: BotCommandName; readonly argument: string };

const aliases: ReadonlyMap<string, BotCommandName> = new Map([['season', 'seasons']]);
const form = /^\/([A-Za-z0-9_]{1,32})(?:@[A-Za-z0-9_]{1,64})?(?:\s+([\s\S]*))?$/;

/** Reads a message as a command. Whatever is none is `unknown`; `/start <code>`, which a link of the game opens, links. */
export function parseBotText(text: string): BotText {
  const [, word = '', rest = ''] = form.exec(text.trim()) ?? [];
  const name = word.toLowerCase();
  const argument = [...rest.trim()].slice(0, 64).join('');
  const command = botCommandNames.find((each) => each === name) ?? aliases.get(name) ?? 'unknown';
  return { command: command === 'start' && argument !== '' ? 'link' : command, argument };
}
