import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attempting, eventsOf } from './attempting.ts';
import type { Attempt } from './foreign-ids/attempt.ts';
import { makeTenant, type Tenant, type World } from './foreign-ids/tenants.ts';
import { attempts } from './foreign-ids.ts';
import { type Operation, operationOf, operationsOf } from './operations.ts';
import { type TestCluster, type TestNode, testCluster } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
let operations: readonly Operation[];
let victim: World;
let intruder: Tenant;
let own: World;
let attemptAs: ReturnType<typeof attempting>;
beforeAll(async () => {
  cluster = await testCluster();
  node = await cluster.node();
  operations = await operationsOf(node);
  [, victim] = await makeTenant(cluster, node, 'victim');
  [intruder, own] = await makeTenant(cluster, node, 'intruder');
  attemptAs = attempting({ node, tenant: intruder, operations });
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

const thingsOf = (foreign: readonly string[]) => (id: string) => (foreign.includes(id) ? victim : own);
const attempt = async (name: string, entered: Attempt, foreign: readonly string[]) => {
  const attempted = await attemptAs(name, entered, { worldOf: thingsOf(foreign) });
  return { ...attempted, events: await eventsOf(cluster, [attempted]) };
};

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
      expect(operationOf(operations, name).errors.get(code)).toBe(reply.status);
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
