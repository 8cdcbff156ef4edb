import { randomUUID } from 'node:crypto';
import { endOfLog } from '../log.ts';
import { playerCount, type Stage, secrets } from '../stage.ts';

/** Tells all players something twice, the second time by every way; some read it, some delete it. */
export async function notify({ cluster, ops, players, each, eventsReach }: Stage): Promise<void> {
  const text = { title: 'The season ends', content: 'Hello, {{display_name}}' };
  for (const template of ['ending', 'unused'])
    await ops.put('/v1/notifications/templates/{template}', { path: { template }, body: text });
  await ops.delete('/v1/notifications/templates/{template}', { path: { template: 'unused' } });
  await each(
    ({ client }) => client.put('/v1/notifications/preferences', { body: { in_app: true, email: false, push: true } }),
    (index) => index % 10 === 0,
  );
  const player_ids = players.map(({ id }) => id);
  await ops.post('/v1/notifications', {
    body: { player_ids, title: 'Welcome', content: text.content, channels: ['in_app'], ttl: 3_600 },
  });
  await eventsReach('NotificationAddressed', playerCount);
  await ops.post('/v1/notifications', { body: { player_ids, template: 'ending', ttl: 3_600 } });
  await eventsReach('NotificationAddressed', 2 * playerCount);
  const end = await endOfLog(cluster.db);
  await each(
    async ({ client }, index) => {
      const { items } = await client.get('/v1/notifications', { waitFor: end });
      const path = { notification_id: items[1]!.notification_id };
      if (index % 3 === 0) await client.post('/v1/notifications/{notification_id}/read', { path });
      else await client.delete('/v1/notifications/{notification_id}', { path });
    },
    (index) => index % 3 !== 2,
  );
}

/** Players write to a bot, which brings everything twice. */
export async function chat({ players, url, eventsReach }: Stage): Promise<void> {
  let updates = 0;
  const say = async (from: number, text: string) => {
    updates += 1;
    const message = { text, chat: { id: from, type: 'private' }, from: { id: from } };
    const send = () =>
      fetch(`${url}/v1/bot/webhook`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secrets.bot },
        body: JSON.stringify({ update_id: updates, message }),
      });
    for (const { status } of await Promise.all([send(), send()]))
      if (status !== 202) throw new Error(`the webhook answered ${status}`);
  };
  await Promise.all(
    players.slice(0, 10).map(async ({ client }, index) => {
      const { code } = await client.post('/v1/bot/link-codes');
      await say(index, `/link ${code}`);
      await say(index, ['/help', '/seasons', 'what is this?'][index % 3]!);
    }),
  );
  await eventsReach('BotContactLinked', 10);
  await Promise.all([say(0, '/unlink'), say(1, '/link NONSENSE22')]);
  await eventsReach('BotCommandCompleted', updates);
}

/** Clients tell what players did; one batch in two repeats a part of the one before, and some clocks are wrong. */
export async function tell({ each, now, upTo }: Stage): Promise<void> {
  await each(
    async ({ client }, index) => {
      const skew = (index % 5) * 3_600_000;
      const happened = (minutesAgo: number) => ({
        event_id: randomUUID(),
        name: `step_${upTo(4)}`,
        at: new Date(now() + skew - minutesAgo * 60_000).toISOString(),
        measures: { seconds: upTo(100) },
        ...(index % 4 === 0 && { properties: { map: 'desert' }, experiment: 'shop', cohort: 'plain' }),
      });
      const first = [90, 80, 40, 0].map(happened);
      const second = [...first.slice(2), ...[35, 2_000].map(happened)];
      const sent_at = new Date(now() + skew).toISOString();
      for (const events of [first, second]) await client.post('/v1/analytics/events', { body: { events, sent_at } });
    },
    (index) => index % 2 === 0,
  );
}
