import { plain } from './chat-characters.ts';

/** How much one player may say.
 *  @property windowMs   time that counts
 *  @property maxSaid    most messages in it
 *  @property maxRepeats most messages in it that say the same */
export type FloodRules = { readonly windowMs: number; readonly maxSaid: number; readonly maxRepeats: number };

/** What a player said of late, the oldest first: at most `maxSaid` messages, as they are compared. */
export type RecentlySaid = readonly { readonly at: number; readonly text: string }[];

/** Two texts that say the same are equal in this. */
const compared = (text: string): string => plain(text).replace(/\s+/g, ' ').trim();

/** Whether a message is too much, and what has been said with it. What is refused was not said. @param at milliseconds */
export function countSaid(
  rules: FloodRules,
  recent: RecentlySaid,
  { text, at }: { readonly text: string; readonly at: number },
): { readonly refused: 'FLOOD_RATE' | 'FLOOD_REPETITION' | null; readonly recent: RecentlySaid } {
  const inWindow = recent.filter((said) => at - said.at < rules.windowMs);
  if (inWindow.length >= rules.maxSaid) return { refused: 'FLOOD_RATE', recent: inWindow };
  const now = compared(text);
  const repeats = inWindow.filter((said) => said.text === now).length;
  if (repeats >= rules.maxRepeats) return { refused: 'FLOOD_REPETITION', recent: inWindow };
  return { refused: null, recent: inWindow.concat([{ at, text: now }]) };
}
