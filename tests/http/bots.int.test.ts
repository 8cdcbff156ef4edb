import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type CallOptions,
  newKey,
  type Reply,
  type TestCluster,
  type TestNode,
  testCluster,
  until,
} from './support.ts';

const secrets = { default: 'default-secret-0001', acme: 'acme-secret-00000001', news: 'news-secret-00000001' };
process.env['SANDAI_TELEGRAM_BOTS'] = `default:${secrets.default},acme:${secrets.acme},default/news:${secrets.news}`;

let cluster: TestCluster;
let node: TestNode;
let other: TestNode;
let ops: string;
beforeAll(async () => {
  cluster = await testCluster();
  [node, other] = [await cluster.node(), await cluster.node()];
  await cluster.tenant('acme');
  ops = cluster.operator('ops');
});
afterAll(() => cluster.stop());

const codeOf = ({ status, body }: Reply) => [status, body?.error?.code];
const message = (updateId: number, text: unknown = '/help', more: object = {}) => ({
  update_id: updateId,
  message: { text, chat: { id: 4_711, type: 'private' }, from: { id: 4_711, first_name: 'Ada Lovelace' }, ...more },
});
const hook = (body: unknown, secret: string | null = secrets.default, at = node, options: CallOptions = {}) =>
  at.call('/v1/bot/webhook', {
    body,
    ...options,
    headers: { ...(secret === null ? {} : { 'x-telegram-bot-api-secret-token': secret }), ...options.headers },
  });
const queued = async (updateId: number) =>
  cluster.db.query(
    `select tenant, stream_id, data from events where type = 'BotCommandQueued' and data ->> 'updateId' = $1`,
    [String(updateId)],
  );
/** Events of the log, once every command that was queued has been done: those come by themselves, after the answers. */
const eventCount = async (): Promise<number> => {
  const [found] = await until(
    () =>
      cluster.db.query(`select count(*)::int as n, count(*) filter (where type = 'BotCommandQueued')::int as queued,
        count(*) filter (where type = 'BotCommandCompleted')::int as done from events`),
    ([row]) => row!['queued'] === row!['done'],
  );
  return found!['n'] as number;
};

describe('an update', () => {
  test('is queued for the tenant and bot whose secret came with it', async () => {
    for (const [updateId, secret] of [
      [1, secrets.default],
      [1, secrets.acme],
      [1, secrets.news],
    ] as const)
      expect((await hook(message(updateId), secret)).status).toBe(202);
    const rows = await queued(1);
    expect(rows.map(({ tenant, stream_id }) => [tenant, stream_id]).sort()).toEqual([
      ['acme', 'botcommand-acme_main_1'],
      ['default', 'botcommand-default_main_1'],
      ['default', 'botcommand-default_news_1'],
    ]);
  });

  test('counts once, on any node, however often it comes', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => hook(message(2, `/rank ${n}`), secrets.default, n % 2 === 0 ? node : other)),
    );
    expect(answers.map(({ status, body }) => [status, body])).toEqual(answers.map(() => [202, { accepted: true }]));
    expect(await queued(2)).toHaveLength(1);
  });

  test('leaves nothing in clear of who sent it, where, and what was written', async () => {
    await hook(message(3, '/rank of-ada', { chat: { id: 987_654_321, type: 'private' }, from: { id: 123_456_789 } }));
    const [row] = await queued(3);
    expect(JSON.stringify(row)).not.toMatch(/987654321|123456789|of-ada/);
    const outbox = await cluster.db.query(
      `select payload from sandai_outbox where type = 'BotCommandQueued' and aggregateid = 'main/3'`,
    );
    expect(outbox.map(({ payload }) => payload)).toEqual([{ bot: 'main', update_id: 3, command: 'rank' }]);
  });

  test.each([
    ['is no message', { update_id: 40, edited_message: { text: '/help' } }],
    ['has no text', message(41, '', { text: undefined })],
    ['has no sender', { update_id: 42, message: { text: '/help', chat: { id: -1, type: 'channel' } } }],
    ['comes from a bot', message(43, '/help', { from: { id: 1, is_bot: true } })],
    ['is talk in a group', message(44, 'hello', { chat: { id: -5, type: 'supergroup' } })],
  ])('that %s is taken and nothing is done', async (_, body) => {
    expect((await hook(body)).status).toBe(202);
    expect(await queued(body.update_id)).toEqual([]);
  });

  test('that is talk in private is a command that no bot knows', async () => {
    await hook(message(50, 'hello'));
    expect((await queued(50))[0]!['data']).toMatchObject({ command: 'unknown' });
  });
});

describe('the webhook', () => {
  test.each([
    ['without a secret', null],
    ['with another secret', 'somebody-elses-0001'],
    ['with an empty secret', ''],
  ])('%s answers 401 and writes nothing', async (_, secret) => {
    const before = await eventCount();
    expect(codeOf(await hook(message(60), secret))).toEqual([401, 'WEBHOOK_SECRET_INVALID']);
    expect(await eventCount()).toBe(before);
  });

  test('looks at the secret before it reads the body', async () => {
    const huge = 'x'.repeat(2 ** 20 + 1);
    expect(codeOf(await hook(huge, null))).toEqual([401, 'WEBHOOK_SECRET_INVALID']);
    expect(codeOf(await hook(huge))).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    expect(codeOf(await hook('{"update_id":', secrets.default))).toEqual([400, 'MALFORMED_JSON']);
  });

  test.each([
    ['no number', {}],
    ['a text for a number', { update_id: '7' }],
    ['a negative number', { update_id: -1 }],
    ['a broken number', { update_id: 1.5 }],
    ['a number that is too large', { update_id: 2 ** 53 }],
    ['a text that is none', message(61, 7)],
    ['no chat', { update_id: 62, message: { text: '/help' } }],
    ['a list', []],
  ])('refuses an update with %s, and writes nothing', async (_, body) => {
    const before = await eventCount();
    expect(codeOf(await hook(body))).toEqual([400, 'VALIDATION_FAILED']);
    expect(await eventCount()).toBe(before);
  });

  test("stops counting a disabled tenant's secret", async () => {
    let now = Date.now();
    const clocked = await cluster.node({ now: () => now });
    expect((await hook(message(70), secrets.acme, clocked)).status).toBe(202);
    await cluster.db.query(`update tenants set disabled_at = now() where tenant = 'acme'`);
    now += 10_000;
    expect(codeOf(await hook(message(71), secrets.acme, clocked))).toEqual([401, 'WEBHOOK_SECRET_INVALID']);
    await cluster.db.query(`update tenants set disabled_at = null where tenant = 'acme'`);
  });

  test('counts updates by bot, so that one cannot use up the share of another', async () => {
    const small = await cluster.node({ settings: { 'rateLimit.webhooksPerSecond': '1' }, now: () => 1_000_000 });
    expect((await hook(message(80), secrets.default, small)).status).toBe(202);
    expect(codeOf(await hook(message(81), secrets.default, small))).toEqual([429, 'RATE_LIMITED']);
    expect((await hook(message(80), secrets.news, small)).status).toBe(202);
  });
});

test('a link code is given to players, with a new one for each key', async () => {
  const player = await node.signIn();
  const key = newKey();
  const ask = (idempotencyKey: string) =>
    node.call('/v1/bot/link-codes', { method: 'POST', token: player.token, key: idempotencyKey });
  const first = await ask(key);
  expect([first.status, first.body.code]).toEqual([200, expect.stringMatching(/^[2-9A-HJKMNP-Z]{10}$/)]);
  expect((await ask(key)).body).toEqual(first.body);
  expect((await ask(newKey())).body.code).not.toBe(first.body.code);
  const stored = await cluster.db.query(`select stream_id, data from events where type = 'LinkCodeIssued'`);
  expect(JSON.stringify(stored)).not.toContain(first.body.code);
});

test('operators see what was queued, page by page, and nothing of another tenant', async () => {
  await hook(message(1), secrets.news);
  const position = (await hook(message(90))).headers.get('sandai-position')!;
  const all: [string, number][] = [];
  for (let cursor = ''; ; ) {
    const { body } = await node.call(`/v1/bot/commands?limit=1${cursor}`, {
      token: ops,
      headers: { 'sandai-wait-for': position },
    });
    all.push(...body.items.map((item: { bot: string; update_id: number }) => [item.bot, item.update_id]));
    if (body.next_cursor === null) break;
    cursor = `&cursor=${body.next_cursor}`;
  }
  expect(all).toContainEqual(['main', 90]);
  expect(all).toEqual([...all].sort(([a, n], [b, m]) => (a < b ? -1 : a > b ? 1 : n - m)));
  await cluster.tenant('nobody');
  const { body } = await node.call('/v1/bot/commands', { token: cluster.operator('ops', 'nobody') });
  expect(body).toEqual({ items: [], next_cursor: null });
  expect(codeOf(await node.call('/v1/bot/commands?cursor=x', { token: ops }))).toEqual([400, 'VALIDATION_FAILED']);
});

test('a command that nobody gave is not tried again', async () => {
  const retry = (place: string) => node.call(`/v1/bot/commands/${place}/retry`, { method: 'POST', token: ops });
  expect(codeOf(await retry('main/999999'))).toEqual([404, 'BOT_COMMAND_NOT_FOUND']);
  expect(codeOf(await retry('Main/1'))).toEqual([400, 'VALIDATION_FAILED']);
});
