import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEventStore } from '../../src/event-store/index.ts';
import type { EventLog } from '../../src/event-store/port.ts';
import { botCommandStream } from '../../src/events/bot-command.ts';
import { deadLetterIdOf, deadLetterStream } from '../../src/events/dead-letter.ts';
import type { TenantId } from '../../src/events/ids.ts';
import { eventually } from '../processors/log-under-test.ts';
import { newKey, type Reply, type TestCluster, type TestNode, testCluster } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
let log: EventLog;
let ops: string;
beforeAll(async () => {
  cluster = await testCluster();
  node = await cluster.node();
  log = await openEventStore({ connectionString: cluster.db.url, conditionCategories: ['season'] });
  ops = cluster.operator('ops');
});
afterAll(async () => {
  await log.close();
  await cluster.stop();
});

const tenant = 'default' as TenantId;
const codeOf = ({ status, body }: Reply) => [status, body?.error?.code];

/** A bot command that was given up. @returns the id of its dead letter */
async function abandon(updateId: number): Promise<string> {
  const update = { bot: 'main', updateId };
  const { events } = await log.append({
    tenant,
    streams: [
      {
        streamId: botCommandStream(tenant, update),
        expectedVersion: 0n,
        events: [
          {
            type: 'BotCommandQueued',
            data: { ...update, contactId: randomUUID(), command: 'help', sealed: 'pd1.x' },
          },
          { type: 'BotCommandAbandoned', data: { ...update, attempt: 8, reason: 'unreachable' } },
        ],
      },
    ],
  });
  const id = `bot-command.${events[1]!.eventId}`;
  await eventually(async () => (await get(id)).status === 200);
  return id;
}
type Letter = { readonly dead_letter_id: string; readonly attempts: number };

/** A dead letter whose seal nobody can open. */
async function filed(source: string, key: string): Promise<string> {
  const id = deadLetterIdOf(source, key);
  const data = { deadLetterId: id, reason: 'unparsable', attempts: 1, sealed: 'pd1.x' };
  const streams = [
    { streamId: deadLetterStream(tenant, id), expectedVersion: 0n, events: [{ type: 'DeadLetterFiled', data }] },
  ];
  await log.append({ tenant, streams });
  await eventually(async () =>
    (await list(`?source=${source}&limit=100`)).body.items.some((each: Letter) => each.dead_letter_id === id),
  );
  return id;
}
const get = (id: string) => node.call(`/v1/dead-letters/${id}`, { token: ops });
const list = (query = '') => node.call(`/v1/dead-letters${query}`, { token: ops });
const act = (id: string, action: 'retry' | 'discard', token = ops, key = newKey()) =>
  node.call(`/v1/dead-letters/${id}/${action}`, { method: 'POST', token, key });
const eventsOf = async (id: string) =>
  (await cluster.db.query(`select type from events where data ->> 'deadLetterId' = $1 order by version`, [id])).map(
    ({ type }) => type,
  );

describe('what was given up', () => {
  test('is listed, and read with what a retry works with', async () => {
    const id = await abandon(1);
    const listed = (await list('?state=open&source=bot-command')).body.items.find(
      (each: { dead_letter_id: string }) => each.dead_letter_id === id,
    );
    expect(listed).toEqual({
      dead_letter_id: id,
      source: 'bot-command',
      reason: 'unreachable',
      attempts: 8,
      state: 'open',
      retryable: true,
      filed_at: expect.any(String),
      changed_at: listed.filed_at,
    });
    expect((await get(id)).body).toEqual({ ...listed, payload: { bot: 'main', update_id: 1 } });
  });

  test('is done once more when an operator asks for it, and is settled', async () => {
    const id = await abandon(2);
    const key = newKey();
    const answers = await Promise.all([act(id, 'retry', ops, key), act(id, 'retry', ops, key)]);
    expect(answers.map(({ status, body }) => [status, body])).toEqual(
      answers.map(() => [200, { dead_letter_id: id, state: 'retrying' }]),
    );
    await eventually(async () => (await get(id)).body.state === 'resolved');
    const { body } = await get(id);
    expect(body).toMatchObject({ attempts: 9, payload: null, retryable: false });
    expect(await eventsOf(id)).toEqual(['DeadLetterFiled', 'DeadLetterRetryRequested', 'DeadLetterResolved']);
    expect((await log.read(botCommandStream(tenant, { bot: 'main', updateId: 2 }))).events[2]?.type).toBe(
      'BotCommandRequeued',
    );
    expect(codeOf(await act(id, 'retry'))).toEqual([409, 'DEAD_LETTER_SETTLED']);
    expect(codeOf(await act(id, 'discard'))).toEqual([409, 'DEAD_LETTER_SETTLED']);
  });

  test('stays open when it fails again', async () => {
    const id = await filed('bot-command', 'unreadable');
    await act(id, 'retry');
    const [letter] = await eventually(async () => {
      const { body } = await list(`?source=bot-command&state=open`);
      const found = body.items.filter((each: Letter) => each.dead_letter_id === id && each.attempts === 2);
      return found.length > 0 ? (found as Letter[]) : null;
    });
    expect(letter).toMatchObject({ reason: 'unreadable', retryable: true });
    expect(await eventsOf(id)).toEqual(['DeadLetterFiled', 'DeadLetterRetryRequested', 'DeadLetterRetryFailed']);
  });

  test('is discarded, and what it held is gone for good', async () => {
    const id = await abandon(4);
    expect((await act(id, 'discard')).body).toEqual({ dead_letter_id: id, state: 'discarded' });
    expect((await act(id, 'discard')).status).toBe(200);
    await eventually(async () => {
      const [row] = await cluster.db.query(`select wrapped_key from data_keys where player_id = $1`, [
        `dead-letter ${id}`,
      ]);
      return row?.['wrapped_key'] === null;
    });
    await eventually(async () => (await get(id)).body.state === 'discarded');
    expect((await get(id)).body).toMatchObject({ payload: null, retryable: false });
    expect(await eventsOf(id)).toEqual(['DeadLetterFiled', 'DeadLetterDiscarded']);
  });

  test('of a source that nobody can retry is only listed and discarded', async () => {
    const id = await filed('elsewhere', 'one');
    expect((await list('?source=elsewhere')).body.items).toMatchObject([{ dead_letter_id: id, retryable: false }]);
    expect(codeOf(await act(id, 'retry'))).toEqual([409, 'DEAD_LETTER_NOT_RETRYABLE']);
    expect((await act(id, 'discard')).status).toBe(200);
    expect(await eventsOf(id)).toEqual(['DeadLetterFiled', 'DeadLetterDiscarded']);
  });
});

test('the list has pages', async () => {
  for (const updateId of [11, 12, 13, 14, 15]) await abandon(updateId);
  const all = (await list('?source=bot-command')).body.items.map(
    ({ dead_letter_id }: { dead_letter_id: string }) => dead_letter_id,
  );
  const paged: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body } = await list(`?source=bot-command&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
    paged.push(...body.items.map(({ dead_letter_id }: { dead_letter_id: string }) => dead_letter_id));
    cursor = body.next_cursor;
  }
  expect(paged).toEqual(all);
  expect(paged.length).toBeGreaterThanOrEqual(5);
});

test('who may not, and what is not there, is refused and changes nothing', async () => {
  const id = await abandon(21);
  await cluster.tenant('acme');
  const foreign = cluster.operator('ops', 'acme');
  const { token } = await node.signIn();
  const before = await log.positions();
  for (const action of ['retry', 'discard'] as const) {
    expect(codeOf(await act(id, action, token))).toEqual([403, 'FORBIDDEN']);
    expect(codeOf(await act(id, action, foreign))).toEqual([404, 'DEAD_LETTER_NOT_FOUND']);
    expect(codeOf(await act('psp.unknown', action))).toEqual([404, 'DEAD_LETTER_NOT_FOUND']);
    expect(codeOf(await act('no-dot', action))).toEqual([400, 'VALIDATION_FAILED']);
  }
  expect(codeOf(await node.call(`/v1/dead-letters/${id}`, { token: foreign }))).toEqual([404, 'DEAD_LETTER_NOT_FOUND']);
  expect(codeOf(await list('?state=lost'))).toEqual([400, 'VALIDATION_FAILED']);
  expect(codeOf(await list('?cursor=no-dot'))).toEqual([400, 'VALIDATION_FAILED']);
  expect(await log.positions()).toEqual(before);
});
