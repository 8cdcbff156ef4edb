import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { newKey, type TestCluster, type TestNode, testCluster, until } from '../http/support.ts';
import { type FakeService, fakeService } from '../support/fake-service.ts';

const secret = 'default-secret-0001';
const botToken = '123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAA';

/** What a test of jobs works with. @property node starts a node more, or says which ones run */
export type JobsUnderTest = {
  readonly cluster: TestCluster;
  readonly telegram: FakeService;
  readonly gateway: FakeService;
  readonly nodes: readonly TestNode[];
  node(): Promise<TestNode>;
  hook(updateId: number, text?: string, node?: TestNode): Promise<number>;
  commands(status: string): Promise<Map<number, Record<string, unknown>>>;
  /** Numbers of the updates that Telegram got an answer for, sorted; the answers say them. */
  answered(): number[];
};

/** What jobs promise, whatever brings them to those who do them.
 *  @param settings of each node, asked before the first one starts */
export function jobsContract(settings: () => Promise<Record<string, string>>): () => JobsUnderTest {
  let here: JobsUnderTest;
  beforeAll(async () => {
    here = await jobsUnderTest(await settings());
  });
  afterEach(() => {
    here.telegram.answer = () => ({ status: 200 });
    here.gateway.answer = () => ({ status: 200 });
  });
  afterAll(async () => {
    await here.cluster.stop();
    await here.telegram.stop();
    await here.gateway.stop();
  });
  const ops = () => here.cluster.operator('ops');

  test('a command is answered once, by the bot that was asked, and is done', async () => {
    const { hook, commands, telegram } = here;
    expect(await hook(100, '/help')).toBe(202);
    const done = await until(
      () => commands('done'),
      (found) => found.has(100),
    );
    expect(done.get(100)).toMatchObject({ reason: 'answered', reply: 'sent', attempts: 0 });
    const [asked] = telegram.received.filter(({ body }) => (body as { chat_id: number }).chat_id === 100);
    expect(asked?.path).toBe(`/bot${botToken}/sendMessage`);
    expect(here.answered().filter((id) => id === 100)).toEqual([100]);
  });

  test('an attempt that fails is made again, and each failure is recorded', async () => {
    let refusals = 2;
    here.telegram.answer = () => (refusals-- > 0 ? { status: 500 } : { status: 200 });
    await here.hook(200);
    const done = await until(
      () => here.commands('done'),
      (found) => found.has(200),
    );
    expect(done.get(200)).toMatchObject({ attempts: 2, reply: 'sent' });
    const failures = await here.cluster.db.query(
      `select data from events where type = 'BotCommandFailed' and data ->> 'updateId' = '200' order by position`,
    );
    expect(failures.map(({ data }) => data)).toMatchObject([
      { attempt: 1, reason: 'status_500' },
      { attempt: 2, reason: 'status_500' },
    ]);
  });

  test('a command that cannot succeed is dead until an operator has it tried again', async () => {
    here.telegram.answer = () => ({ status: 403, body: { ok: false, description: 'bot was blocked by the user' } });
    await here.hook(300);
    const dead = await until(
      () => here.commands('dead'),
      (found) => found.has(300),
    );
    expect(dead.get(300)).toMatchObject({ reason: 'blocked_by_user', attempts: 1, due_at: null });
    here.telegram.answer = () => ({ status: 200 });
    const retry = await here.nodes[0]!.call('/v1/bot/commands/main/300/retry', { method: 'POST', token: ops() });
    expect([retry.status, retry.body]).toEqual([200, { bot: 'main', update_id: 300, status: 'queued' }]);
    await until(
      () => here.commands('done'),
      (found) => found.has(300),
    );
    const again = await here.nodes[0]!.call('/v1/bot/commands/main/300/retry', { method: 'POST', token: ops() });
    expect([again.status, again.body.error.code]).toEqual([409, 'BOT_COMMAND_NOT_DEAD']);
  });

  test('a burst with every update sent three times, to two nodes, is answered once each', async () => {
    const ids = Array.from({ length: 60 }, (_, n) => 1_000 + n);
    const sent = ids.flatMap((id) => [id, id, id]);
    const statuses = await Promise.all(sent.map((id, n) => here.hook(id, '/help', here.nodes[n % here.nodes.length])));
    expect(new Set(statuses)).toEqual(new Set([202]));
    await until(
      () => here.commands('done'),
      (found) => ids.every((id) => found.has(id)),
    );
    expect(here.answered().filter((id) => id >= 1_000 && id < 2_000)).toEqual(ids);
  });

  test('a notification is shown, and pushed once with a key; who has no address gets no e-mail', async () => {
    const [node] = here.nodes;
    const player = await node!.signIn();
    const { body } = await node!.call('/v1/notifications', {
      token: ops(),
      key: newKey(),
      body: { player_ids: [player.id], title: 'Hello', content: 'A text', ttl: 3_600 },
    });
    const sendings = async () =>
      (await node!.call(`/v1/notifications/${body.notification_id}/sendings`, { token: ops() })).body.items;
    const ended = await until(sendings, (items) => items.length === 2 && !JSON.stringify(items).includes('pending'));
    expect(ended).toEqual([
      { player_id: player.id, channel: 'email', status: 'skipped', attempts: 0, reason: 'no_address' },
      { player_id: player.id, channel: 'push', status: 'sent', attempts: 0, reason: null },
    ]);
    const pushed = here.gateway.received.filter((asked) => JSON.stringify(asked.body).includes(player.id));
    expect(pushed.map((asked) => asked.body)).toMatchObject([
      { tenant: 'default', player_id: player.id, title: 'Hello', content: 'A text' },
    ]);
    expect(pushed[0]?.headers).toMatchObject({
      'idempotency-key': expect.stringContaining(body.notification_id),
      authorization: 'Bearer push-token',
    });
    const { body: own } = await node!.call('/v1/notifications', { token: player.token });
    expect(own.items).toMatchObject([{ title: 'Hello', content: 'A text', read: false }]);
  });

  test('what a node had in hand when it ended is done by another', async () => {
    const dying = await here.node();
    let let_go = () => {};
    const held = new Promise<void>((resolve) => {
      let_go = resolve;
    });
    here.telegram.answer = async () => {
      await held;
      return { status: 500 };
    };
    await here.hook(400, '/help', dying);
    await until(
      async () => here.answered(),
      (ids) => ids.includes(400),
    );
    const stopping = dying.stop();
    here.telegram.answer = () => ({ status: 200 });
    let_go();
    await stopping;
    await until(
      () => here.commands('done'),
      (found) => found.has(400),
    );
  });

  return () => here;
}

async function jobsUnderTest(settings: Record<string, string>): Promise<JobsUnderTest> {
  process.env['SANDAI_TELEGRAM_BOTS'] = `default:${secret}:${botToken}`;
  const cluster = await testCluster();
  const [telegram, gateway] = [await fakeService(), await fakeService()];
  const node = () =>
    cluster.node({
      settings: {
        'bots.telegramUrl': telegram.url,
        'notifications.pushUrl': `${gateway.url}/push`,
        'notifications.pushToken': 'push-token',
        'jobs.retryBaseMs': '20',
        'jobs.lostAfterMs': '1000',
        ...settings,
      },
    });
  const nodes = [await node(), await node()];
  return {
    cluster,
    telegram,
    gateway,
    nodes,
    node,
    async hook(updateId, text = '/help', at = nodes[0]!) {
      const body = { update_id: updateId, message: { text, chat: { id: updateId }, from: { id: 7 } } };
      const headers = { 'x-telegram-bot-api-secret-token': secret };
      return (await at.call('/v1/bot/webhook', { body, headers })).status;
    },
    async commands(status) {
      const rows = await cluster.db.query(`select * from bot_commands__g1 where status = $1`, [status]);
      return new Map(rows.map((row) => [Number(row['update_id']), row]));
    },
    answered: () =>
      telegram.received.map(({ body }) => (body as { chat_id: number }).chat_id).sort((one, two) => one - two),
  };
}
