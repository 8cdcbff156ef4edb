import { splitCharacters } from './chat-characters.ts';
import { countSaid, type FloodRules, type RecentlySaid } from './chat-flood.ts';
import { type LinkRules, leadsElsewhere } from './chat-links.ts';
import { maskWords, wordList } from './chat-words.ts';

/** What may be said in a chat.
 *  @property maxLength characters of a message; longer ones are refused unread. What it costs to look for words grows with its square at worst
 *  @property masked    words that are not shown, in any spelling
 *  @property unharmed  words that are shown, though a listed one stretches to them ("good" where "god" is listed) */
export type ChatRules = {
  readonly maxLength: number;
  readonly masked: readonly string[];
  readonly unharmed: readonly string[];
  readonly flood: FloodRules;
  readonly links: LinkRules;
};

type ChatVerdict =
  | { readonly verdict: 'allow'; readonly text: string }
  | { readonly verdict: 'mask'; readonly text: string; readonly reason: 'LISTED_WORD' }
  | { readonly verdict: 'refuse'; readonly reason: 'TOO_LONG' | 'LINK' | 'FLOOD_RATE' | 'FLOOD_REPETITION' };

/** Makes the moderation of a chat by these rules. It has no clock and keeps nothing: what a player said of late is handed in
 *  and out. It also runs where there is little more than ECMAScript 5 (of later ones `normalize`, which Goja has). */
export function chatModeration({ maxLength, masked, unharmed, flood, links }: ChatRules) {
  const words = wordList(masked, unharmed);
  return {
    nothingSaid: [] as RecentlySaid,

    judge(
      message: { readonly text: string; readonly at: number },
      recent: RecentlySaid,
    ): { readonly verdict: ChatVerdict; readonly recent: RecentlySaid } {
      const { text } = message;
      if (splitCharacters(text).length > maxLength)
        return { verdict: { verdict: 'refuse', reason: 'TOO_LONG' }, recent };
      if (leadsElsewhere(text, links)) return { verdict: { verdict: 'refuse', reason: 'LINK' }, recent };
      const said = countSaid(flood, recent, message);
      if (said.refused !== null) {
        return { verdict: { verdict: 'refuse', reason: said.refused }, recent: said.recent };
      }
      const shown = maskWords(text, words);
      const verdict: ChatVerdict =
        shown === text ? { verdict: 'allow', text } : { verdict: 'mask', text: shown, reason: 'LISTED_WORD' };
      return { verdict, recent: said.recent };
    },
  };
}
