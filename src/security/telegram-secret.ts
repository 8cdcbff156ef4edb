import { createHash, timingSafeEqual } from 'node:crypto';
import type { KeyRing } from './key-ring.ts';
import type { TelegramBot } from './keys.ts';

const digest = (text: string | Buffer): Buffer => createHash('sha256').update(text).digest();

/** Finds the bot whose secret came with an update. Every known secret is compared, each in constant time.
 *  @returns a function that gives the bot, or null when the secret is nobody's */
export function createBotFinder(ring: KeyRing): (presented: string) => TelegramBot | null {
  let generation = 0;
  let known: readonly { readonly bot: TelegramBot; readonly hash: Buffer }[] = [];
  return (presented) => {
    if (generation !== ring.generation()) {
      generation = ring.generation();
      known = ring.keys().telegramBots.map((bot) => ({ bot, hash: digest(bot.secret.export()) }));
    }
    const hash = digest(presented);
    let found: TelegramBot | null = null;
    for (const each of known) if (timingSafeEqual(each.hash, hash)) found = each.bot;
    return found;
  };
}
