import type { TenantId } from '../events/ids.ts';
import type { Messenger } from '../ports/messenger.ts';
import { postJson } from './http-post.ts';

/** Our words for the answers of Telegram that mean something of their own. */
const reasons: Readonly<Record<number, string>> = {
  400: 'chat_unknown',
  401: 'token_refused',
  403: 'blocked_by_user',
  404: 'token_refused',
  429: 'too_many_messages',
};

/** Answers through the Bot API, where the bot has a token; through `otherwise` where it has none.
 *  @param apiUrl  `https://api.telegram.org`, or a server of one's own
 *  @param tokenOf token of a bot at this moment
 *  @see https://core.telegram.org/bots/api#sendmessage */
export const telegramMessenger = (options: {
  readonly apiUrl: string;
  readonly tokenOf: (tenant: TenantId, bot: string) => string | null;
  readonly otherwise: Messenger;
}): Messenger => ({
  async send(message) {
    const token = options.tokenOf(message.tenant, message.bot);
    if (token === null) return options.otherwise.send(message);
    const url = `${options.apiUrl.replace(/\/$/, '')}/bot${token}/sendMessage`;
    await postJson(url, { chat_id: message.chatId, text: message.text }, { reasons });
    return 'gateway';
  },
});
