import { anyOf, at, keep, nothing, type Operation, takeOf, upTo } from './model.ts';

const text = { title: 'Hello', content: 'Two days are left.' };
const noNotification = (player: { notification: string | null }): void => {
  player.notification = null;
};

/** What players are told, and by which ways. */
export const telling: readonly Operation[] = [
  {
    name: 'POST /v1/notifications',
    weight: 1,
    as: 'ops',
    ask(_player, { players }) {
      const some = Array.from({ length: 5 }, () => anyOf(players)?.id ?? '').filter((id) => id !== '');
      const channels = upTo(4) === 0 ? ['in_app', 'push'] : ['in_app'];
      return some.length === 0 ? null : { body: { player_ids: [...new Set(some)], ...text, channels, ttl: 3_600 } };
    },
    learn: ({ notification_id }: { notification_id: string }, _player, { notifications }) =>
      keep(notifications, [notification_id]),
    refusals: { PLAYER_NOT_FOUND: nothing }, // erased in the meantime
  },
  {
    name: 'GET /v1/notifications',
    weight: 6,
    learn({ items }: { items: { notification_id: string }[] }, player) {
      player.notification = items[0]?.notification_id ?? null;
    },
  },
  {
    name: 'POST /v1/notifications/{notification_id}/read',
    weight: 2,
    ask: ({ notification }) => at({ notification_id: notification }),
    refusals: { NOTIFICATION_NOT_FOUND: noNotification },
  },
  { name: 'POST /v1/notifications/read', weight: 0.5 },
  {
    name: 'DELETE /v1/notifications/{notification_id}',
    weight: 1,
    ask: ({ notification }) => at({ notification_id: notification }),
    learn: (_body, player) => noNotification(player),
    refusals: { NOTIFICATION_NOT_FOUND: noNotification },
  },
  { name: 'GET /v1/notifications/preferences', weight: 1 },
  {
    name: 'PUT /v1/notifications/preferences',
    weight: 1,
    ask: () => ({ body: { in_app: true, email: upTo(2) === 0, push: true } }),
  },
  {
    name: 'GET /v1/notifications/{notification_id}/sendings',
    weight: 1,
    as: 'ops',
    ask: (_player, { notifications }) => at({ notification_id: anyOf(notifications) }),
    learn({ items }: { items: Sending[] }, _player, { deadSendings }, { path }) {
      const notification = path?.['notification_id'] ?? '';
      const dead = items.filter(({ status }) => status === 'dead');
      keep(
        deadSendings,
        dead.map(({ player_id: player, channel }) => ({ notification, player, channel })),
      );
    },
  },
  {
    name: 'POST /v1/notifications/{notification_id}/sendings/retry',
    weight: 1,
    as: 'ops',
    ask(_player, { deadSendings }) {
      const { notification, player: player_id, channel } = takeOf(deadSendings) ?? {};
      return at({ notification_id: notification }, { body: { player_id, channel } });
    },
    refusals: { SENDING_NOT_DEAD: nothing },
  },
  { name: 'GET /v1/notifications/templates', weight: 0.3, as: 'ops' },
  {
    name: 'PUT /v1/notifications/templates/{template}',
    weight: 0.3,
    as: 'ops',
    ask: () => at({ template: `bench-${upTo(1_000_000)}` }, { body: text }),
    learn: ({ template }: { template: string }, _player, { templates }) => void templates.push(template),
  },
  {
    name: 'DELETE /v1/notifications/templates/{template}',
    weight: 0.3,
    as: 'ops',
    ask: (_player, { templates }) => at({ template: takeOf(templates) }),
    refusals: { NOTIFICATION_TEMPLATE_NOT_FOUND: nothing },
  },
];
type Sending = { player_id: string; channel: string; status: string };

/** People who write to a bot, and what operators see of it. */
export const chatting: readonly Operation[] = [
  {
    name: 'POST /v1/bot/webhook',
    weight: 2,
    as: 'nobody',
    ask(player, world) {
      world.updates += 1;
      const said = player.linkCode === null ? '/help' : `/link ${player.linkCode}`;
      player.linkCode = null;
      const from = { id: 1 + upTo(500) };
      const message = { text: said, chat: { id: world.updates, type: 'private' }, from };
      return {
        headers: { 'x-telegram-bot-api-secret-token': world.botSecret },
        body: { update_id: world.updates, message },
      };
    },
  },
  {
    name: 'POST /v1/bot/link-codes',
    weight: 0.5,
    learn({ code }: { code: string }, player) {
      player.linkCode = code;
    },
  },
  {
    name: 'GET /v1/bot/commands',
    weight: 0.5,
    as: 'ops',
    ask: () => ({ query: 'status=dead' }),
    learn({ items }: { items: { bot: string; update_id: number }[] }, _player, { deadCommands }) {
      deadCommands.splice(0, Number.POSITIVE_INFINITY, ...items.map(({ bot, update_id: update }) => ({ bot, update })));
    },
  },
  {
    name: 'POST /v1/bot/commands/{bot}/{update_id}/retry',
    weight: 0.5,
    as: 'ops',
    ask(_player, { deadCommands }) {
      const { bot, update } = takeOf(deadCommands) ?? {};
      return at({ bot, update_id: update?.toString() });
    },
    refusals: { BOT_COMMAND_NOT_DEAD: nothing },
  },
];
