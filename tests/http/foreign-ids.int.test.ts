import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Attempt } from './foreign-ids/attempt.ts';
import { makeTenant, type Tenant, type World } from './foreign-ids/tenants.ts';
import { attempts } from './foreign-ids.ts';
import { filledPath, type Operation, operationsOf } from './operations.ts';
import { newKey, type TestCluster, type TestNode, testCluster } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
let operations: readonly Operation[];
let victim: World;
let intruder: Tenant;
let own: World;
beforeAll(async () => {
  cluster = await testCluster();
  node = await cluster.node();
  operations = await operationsOf(node);
  [, victim] = await makeTenant(cluster, node, 'victim');
  [intruder, own] = await makeTenant(cluster, node, 'intruder');
});
afterAll(() => cluster.stop());

const notIds = ['device_id', 'product_id', 'update_id', 'idempotency_key'];
const looksLikeId = (field: string) => (/_ids?$/.test(field) || field === 'uid') && !notIds.includes(field);
const idsOf = ({ pathParameters, body }: Operation) => [...pathParameters, ...Object.keys(body).filter(looksLikeId)];

test('every operation is tried: enter a new route in tests/http/foreign-ids/', () => {
  const known = Object.keys(attempts).sort();
  const documented = operations.map(({ name }) => name).sort();
  expect({
    'missing in tests/http/foreign-ids/': documented.filter((name) => !known.includes(name)),
    'in tests/http/foreign-ids/, but not in the OpenAPI document': known.filter((name) => !documented.includes(name)),
  }).toEqual({
    'missing in tests/http/foreign-ids/': [],
    'in tests/http/foreign-ids/, but not in the OpenAPI document': [],
  });
});

test('every id of every operation is tried: name it in `ids` of its attempt', () => {
  const missing = operations.flatMap((operation) => {
    const { ids = {}, chosen = {} } = attempts[operation.name] ?? {};
    const named = [...Object.keys(ids), ...Object.keys(chosen)];
    return idsOf(operation).flatMap((id) => (named.includes(id) ? [] : [`${operation.name}: ${id}`]));
  });
  expect(missing).toEqual([]);
});

test('every thing of one tenant has another id in the other', () => {
  expect(Object.keys(victim).sort()).toEqual(Object.keys(own).sort());
  for (const [name, id] of Object.entries(victim)) expect([name, own[name]]).not.toEqual([name, id]);
});

const operationOf = (name: string): Operation => {
  const found = operations.find((each) => each.name === name);
  if (found === undefined) throw new Error(`${name} is not in the OpenAPI document`);
  return found;
};
const thing = (world: World, kind: string): string => {
  const id = world[kind];
  if (id === undefined)
    throw new Error(`nothing makes a thing named ${kind}: see \`makers\` in tests/http/foreign-ids.ts`);
  return id;
};

/** Makes a call, its ids taken from the two worlds. @returns the answer, and the events that the call led to at once */
async function attempt(
  name: string,
  { as, ids = {}, chosen = {}, headers, body }: Attempt,
  foreign: readonly string[],
) {
  const { method, path, pathParameters } = operationOf(name);
  const world = (id: string) => (foreign.includes(id) ? victim : own);
  const inBody = Object.entries(ids).filter(([id]) => !pathParameters.includes(id));
  const fields = inBody.map(([id, kind]) => {
    const value = thing(world(id), kind);
    return [id, id.endsWith('_ids') ? [value] : value];
  });
  const sent = { ...body, ...Object.fromEntries(fields) };
  const requestId = `intruder-${randomUUID()}`;
  const reply = await node.call(
    filledPath(path, (parameter) => chosen[parameter] ?? thing(world(parameter), ids[parameter]!)),
    {
      method,
      headers: { ...headers, 'x-request-id': requestId, 'x-client-key': intruder.clientKey },
      ...(as === 'anonymous' ? {} : { token: await tokenOf(as) }),
      ...(method === 'GET' ? {} : { key: newKey() }),
      ...(method === 'GET' || Object.keys(sent).length === 0 ? {} : { body: sent }),
    },
  );
  const events = await cluster.db.query(
    `select tenant, type, data::text as data from events where metadata ->> 'correlationId' = $1`,
    [requestId],
  );
  return { reply, events };
}

/** A player's token may have been signed out by an attempt before. */
async function tokenOf(as: Exclude<Attempt['as'], 'anonymous'>): Promise<string> {
  if (as !== 'player') return intruder.tokens[as];
  const { token } = await node.signIn(intruder.player.device, { 'x-client-key': intruder.clientKey });
  return token;
}

describe.each(Object.entries(attempts))('%s', (name, entered) => {
  const { ids = {}, refusal = [], free = {} } = entered;
  const tried = Object.keys(ids).filter((id) => !(id in free));
  const cases = tried.length > 1 ? [tried, ...tried.map((id) => [id])] : tried.length === 1 ? [tried] : [];

  for (const foreign of cases)
    test(`refuses another tenant's ${foreign.join(', ')}, and writes nothing`, async () => {
      const { reply, events } = await attempt(name, entered, foreign);
      const code = reply.body?.error?.code;
      expect({ code, allowed: refusal }).toEqual({ code, allowed: expect.arrayContaining([code]) });
      expect([403, 404]).toContain(reply.status);
      expect(operationOf(name).errors.get(code)).toBe(reply.status);
      expect(events).toEqual([]);
    });

  if (entered.own === true || Object.keys(free).length > 0)
    test('shows nothing of another tenant, and changes nothing there', async () => {
      const { reply, events } = await attempt(name, entered, Object.keys(free));
      expect(reply.status).toBeLessThan(500);
      for (const { tenant } of events) expect(tenant).toBe('intruder');
      const told = JSON.stringify([reply.text, events]);
      for (const kind of Object.keys(victim)) expect([kind, told.includes(victim[kind]!)]).toEqual([kind, false]);
    });

  test('is entered with what it takes', () => {
    expect([entered.own === true, tried.length > 0]).toContain(true);
    expect(refusal.length > 0).toBe(tried.length > 0);
  });
});
