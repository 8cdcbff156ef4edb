import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FakeService, fakeService } from '../support/fake-service.ts';
import { newKey, type TestCluster, type TestNode, testCluster, until } from './support.ts';

const secret = 'default-secret-0001';
process.env['SANDAI_TELEGRAM_BOTS'] = `default:${secret}:123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAA`;

let cluster: TestCluster;
let node: TestNode;
let telegram: FakeService;
let now = Date.now();
beforeAll(async () => {
  cluster = await testCluster();
  telegram = await fakeService();
  node = await cluster.node({ settings: { 'bots.telegramUrl': telegram.url }, now: () => now });
});
afterAll(async () => {
  await cluster.stop();
  await telegram.stop();
});

let updateId = 0;
/** Writes to the bot and waits for its answer. */
async function say(from: number, text: string): Promise<string> {
  updateId += 1;
  const answers = () =>
    telegram.received
      .map(({ body }) => body as { chat_id: number; text: string })
      .filter(({ chat_id }) => chat_id === from);
  const before = answers().length;
  const body = { update_id: updateId, message: { text, chat: { id: from, type: 'private' }, from: { id: from } } };
  await node.call('/v1/bot/webhook', { body, headers: { 'x-telegram-bot-api-secret-token': secret } });
  const all = await until(
    async () => answers(),
    (found) => found.length > before,
  );
  return all.at(-1)!.text;
}
const codeFor = async (token: string): Promise<string> =>
  (await node.call('/v1/bot/link-codes', { method: 'POST', token, key: newKey() })).body.code;

test('a contact links to a player with a code, asks for ranks, and is forgotten', async () => {
  const season = await node.openSeason(cluster.operator('admin', 'default', now), 'spring');
  const [ada, eve] = [await node.signIn(), await node.signIn()];
  await node.score(ada.token, season, 10);
  await node.score(eve.token, season, 20);
  expect(await say(1, '/start')).toContain('/rank <season>');
  await until(
    () => say(1, '/seasons'),
    (answer) => answer === 'Open: spring',
  );
  expect(await say(1, '/rank spring')).toContain('I do not know who you are');
  expect(await say(1, '/link NONSENSE22')).toContain('does not count');
  const code = await codeFor(ada.token);
  expect(await say(1, `/start ${code.toLowerCase()}`)).toContain('Now I know who you are');
  expect(await say(1, '/rank spring')).toBe('Your rank in spring: 2');
  expect(await say(1, '/rank autumn')).toContain('There is no such season');
  expect(await say(1, '/rank')).toContain('There is no such season');
  expect(await say(2, `/link ${code}`)).toContain('does not count');
  expect(await say(1, `/link ${code}`)).toContain('Now I know'); // by the same contact, as after a crash
  expect(await say(1, '/unlink')).toContain('forgotten');
  expect(await say(1, `/link ${code}`)).toContain('does not count');
  expect(await say(1, '/rank spring')).toContain('I do not know who you are');
  expect(await say(1, 'thank you')).toContain('I did not understand that');
});

test('a code counts for ten minutes', async () => {
  const player = await node.signIn();
  const code = await codeFor(player.token);
  now += 10 * 60_000;
  expect(await say(3, `/link ${code}`)).toContain('does not count');
});

test('erasing a player erases what they wrote to bots, and who comes back is somebody new', async () => {
  const player = await node.signIn();
  expect(await say(4, `/link ${await codeFor(player.token)}`)).toContain('Now I know');
  const keys = async () => {
    const [linked] = await cluster.db.query(
      `select data ->> 'contactId' as contact from events where type = 'BotContactLinked' and data ->> 'playerId' = $1`,
      [player.id],
    );
    const contact = linked!['contact'];
    return cluster.db.query('select wrapped_key, erased_at from data_keys where player_id = $1', [contact]);
  };
  expect(await keys()).toMatchObject([{ wrapped_key: expect.any(String) }]);
  const token = cluster.operator('admin', 'default', now);
  await node.call(`/v1/players/${player.id}/personal-data`, { method: 'DELETE', token, key: newKey() });
  await until(keys, ([key]) => key?.['wrapped_key'] === null);
  now += 61_000; // keys are kept in memory for at most a minute
  expect(await say(4, '/rank spring')).toContain('I do not know who you are');
});
