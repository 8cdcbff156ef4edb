import { createHash, createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  eventsOfRequests,
  newKey,
  type Reply,
  type TestCluster,
  type TestNode,
  testCluster,
  until,
} from './support.ts';

const secrets = { default: 'psp-default-secret-1', old: 'psp-default-secret-0', acme: 'psp-acme-secret-0001' };
process.env['SANDAI_PSP_SECRETS'] = `default:${secrets.default},default:${secrets.old},acme:${secrets.acme}`;

let cluster: TestCluster;
let node: TestNode;
let other: TestNode;
let ops: string;
beforeAll(async () => {
  cluster = await testCluster();
  [node, other] = [await cluster.node(), await cluster.node()];
  await cluster.tenant('acme');
  ops = cluster.operator('ops');
  const body = {
    name: 'A pack',
    price: { amount: 499, currency: 'EUR' },
    grants: { currencies: [{ currency: 'gems', amount: 500 }] },
  };
  await node.call('/v1/products/pack', { method: 'PUT', token: cluster.operator('admin'), body });
});
afterAll(() => cluster.stop());

const codeOf = ({ status, body }: Reply) => [status, body?.error?.code];
const eventCount = () => eventsOfRequests(cluster);
const seconds = () => Math.floor(Date.now() / 1000);
const hex = (secret: string, t: number, body: string) =>
  createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
const signed = (body: string, secret = secrets.default, t = seconds()) => `t=${t},v1=${hex(secret, t, body)}`;
const hook = (body: string, signature: string | null = signed(body), at = node, type = 'application/json') =>
  at.call('/v1/psp/webhook', {
    method: 'POST',
    body,
    headers: { 'content-type': type, ...(signature === null ? {} : { 'sandai-signature': signature }) },
  });
const event = (transaction: string, more: object = {}) =>
  JSON.stringify({
    id: `evt_${randomUUID()}`,
    type: 'payment.charged_back',
    store: 'test',
    transaction_id: transaction,
    ...more,
  });
const buy = async (transaction: string) => {
  const player = await node.signIn();
  const receipt = cluster.receipt('pack', { transaction });
  const reply = await node.call('/v1/purchases', {
    token: player.token,
    key: newKey(),
    body: { product_id: 'pack', store: 'test', receipt },
  });
  return { player, reply };
};
const chargebacks = async (transaction: string) => {
  const rows = await cluster.db.query(
    `select 1 from events r join events p on p.type = 'PurchaseValidated' and p.data ->> 'purchaseId' = r.data ->> 'purchaseId'
     where r.type = 'PurchaseRefunded' and p.data ->> 'transaction' = encode(sha256($1::bytea), 'hex')`,
    [transaction],
  );
  return rows.length;
};

describe('an event', () => {
  test('of a chargeback takes the purchase back', async () => {
    const transaction = randomUUID();
    const { player, reply } = await buy(transaction);
    const answer = await hook(event(transaction));
    expect([answer.status, answer.body]).toEqual([202, { accepted: true }]);
    const headers = { 'sandai-wait-for': answer.headers.get('sandai-position')! };
    const { body } = await node.call('/v1/inventory', { token: player.token, headers });
    expect(body.currencies).toEqual([]);
    expect(body.entries[0].cause).toEqual({ kind: 'chargeback', ref: reply.body.purchase_id });
    const place = `/v1/purchases/${reply.body.purchase_id}`;
    expect((await node.call(place, { token: player.token, headers })).body.status).toBe('charged_back');
  });

  test('counts once, on any node, however often it comes', async () => {
    const transaction = randomUUID();
    await buy(transaction);
    const body = event(transaction);
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, n) => hook(body, signed(body), n % 2 === 0 ? node : other)),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
    expect(await chargebacks(transaction)).toBe(1);
  });

  test('that comes before the receipt keeps it from being used', async () => {
    const transaction = randomUUID();
    expect((await hook(event(transaction, { type: 'payment.refunded' }))).status).toBe(202);
    expect(codeOf((await buy(transaction)).reply)).toEqual([422, 'RECEIPT_REVOKED']);
  });

  test('that meets its purchase leaves nothing granted, whichever is first', async () => {
    const races = Array.from({ length: 6 }, () => randomUUID());
    await Promise.all(races.flatMap((transaction) => [buy(transaction), hook(event(transaction), undefined, other)]));
    for (const transaction of races) {
      const rows = await cluster.db.query(
        `select type from events where data ->> 'transaction' = encode(sha256($1::bytea), 'hex') and type like 'Receipt%'`,
        [transaction],
      );
      expect(rows).toHaveLength(1);
      expect(await chargebacks(transaction)).toBe(rows[0]!['type'] === 'ReceiptClaimed' ? 1 : 0);
    }
  });

  test('of another kind is noted and changes nothing', async () => {
    const id = `evt_${randomUUID()}`;
    const before = await eventCount();
    for (let n = 0; n < 2; n += 1)
      expect((await hook(JSON.stringify({ id, type: 'invoice.paid', anything: 1 }))).status).toBe(202);
    expect(await eventCount()).toBe(before);
    const inbox = await cluster.db.query('select source, tenant from inbox where message_id = $1', [id]);
    expect(inbox).toEqual([{ source: 'psp', tenant: 'default' }]);
  });

  test('belongs to the tenant whose secret signed it', async () => {
    const transaction = randomUUID();
    await buy(transaction);
    const body = event(transaction);
    expect((await hook(body, signed(body, secrets.acme))).status).toBe(202);
    expect(await chargebacks(transaction)).toBe(0);
  });

  test('may be signed by an old secret, and by several at once, whatever its bytes are called', async () => {
    const [t, body] = [seconds(), event(randomUUID())];
    expect((await hook(body, signed(body, secrets.old))).status).toBe(202);
    const both = `t=${t},v0=00,v1=${'0'.repeat(64)},v1=${hex(secrets.default, t, body)}`;
    expect((await hook(body, both, node, 'text/plain')).status).toBe(202);
  });
});

describe('a webhook', () => {
  const body = event('payment-1');
  test.each([
    ['without a signature', () => null],
    ['with an empty signature', () => ''],
    ['signed with another secret', () => signed(body, 'somebody-elses-secret')],
    ['signed for another body', () => signed(`${body} `)],
    ['signed for another time', () => signed(body).replace(/^t=\d+/, `t=${seconds() - 7}`)],
    ['signed more than 5 minutes ago', () => signed(body, secrets.default, seconds() - 302)],
    ['signed in more than 5 minutes', () => signed(body, secrets.default, seconds() + 302)],
    ['without a time', () => signed(body).replace(/^t=\d+,/, '')],
    ['with two times', () => `t=1,${signed(body)}`],
    ['with a signature of another length', () => signed(body).slice(0, -2)],
  ])('%s answers 401 and writes nothing', async (_, signature) => {
    const before = await eventCount();
    expect(codeOf(await hook(body, signature()))).toEqual([401, 'WEBHOOK_SIGNATURE_INVALID']);
    expect(await eventCount()).toBe(before);
  });

  test('that was signed 4 minutes ago counts', async () => {
    const late = event(randomUUID());
    expect((await hook(late, signed(late, secrets.default, seconds() - 240))).status).toBe(202);
  });

  test('that is too large is refused', async () => {
    const huge = 'x'.repeat(64 * 1024 + 1);
    expect(codeOf(await hook(huge))).toEqual([413, 'PAYLOAD_TOO_LARGE']);
  });

  test.each([
    ['is no JSON', '{"id":'],
    ['is empty', ' '],
    ['is a list', '[]'],
    ['has no id', '{"type":"payment.refunded"}'],
    ['names no payment', '{"id":"evt_1","type":"payment.refunded"}'],
  ])('that is signed and %s is taken, and left to operators once', async (_, text) => {
    for (let n = 0; n < 2; n += 1) expect((await hook(text)).status).toBe(202);
    const place = `/v1/dead-letters/psp.${createHash('sha256').update(text).digest('hex')}`;
    const letter = await until(
      () => node.call(place, { token: ops }),
      ({ status }) => status === 200,
    );
    expect(letter.body).toMatchObject({ reason: 'unparsable', retryable: true, payload: { body: text } });
    const filed = await cluster.db.query(
      `select 1 from events where type = 'DeadLetterFiled' and data ->> 'deadLetterId' = $1`,
      [letter.body.dead_letter_id],
    );
    expect(filed).toHaveLength(1);
  });

  test('that cannot be read cannot be read again when an operator has it tried, and is discarded then', async () => {
    const text = `{"id":"${randomUUID()}`;
    await hook(text);
    const place = `/v1/dead-letters/psp.${createHash('sha256').update(text).digest('hex')}`;
    const letter = (state: string, attempts: number) =>
      until(
        () => node.call(place, { token: ops }),
        ({ status, body }) => status === 200 && body.state === state && body.attempts === attempts,
      );
    const act = (action: string) => node.call(`${place}/${action}`, { method: 'POST', token: ops, key: randomUUID() });
    await letter('open', 1);
    expect((await act('retry')).body.state).toBe('retrying');
    expect((await letter('open', 2)).body).toMatchObject({ reason: 'unparsable', retryable: true });
    expect((await act('discard')).body.state).toBe('discarded');
    expect((await letter('discarded', 2)).body).toMatchObject({ retryable: false });
    expect(codeOf(await act('retry'))).toEqual([409, 'DEAD_LETTER_SETTLED']);
  });

  test("of a disabled tenant's secret stops counting", async () => {
    let now = Date.now();
    const clocked = await cluster.node({ now: () => now });
    await cluster.db.query(`update tenants set disabled_at = now() where tenant = 'acme'`);
    now += 10_000;
    expect(codeOf(await hook(body, signed(body, secrets.acme), clocked))).toEqual([401, 'WEBHOOK_SIGNATURE_INVALID']);
  });
});
