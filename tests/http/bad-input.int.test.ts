import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlayerId, SessionId, TenantId } from '../../src/events/ids.ts';
import { type Attempted, attempting, eventsOf, recordsOf } from './attempting.ts';
import type { Attempt } from './foreign-ids/attempt.ts';
import { makeTenant, makeWorld, type Tenant, type World } from './foreign-ids/tenants.ts';
import { attempts } from './foreign-ids.ts';
import { type Operation, operationOf, operationsOf, type SchemaShape } from './operations.ts';
import { newDevice, type TestCluster, type TestNode, testCluster } from './support.ts';

/** What every route does with what is wrong; each is tried with the call that `attempts` of foreign-ids.ts describes for it. */

let cluster: TestCluster;
let node: TestNode;
let operations: readonly Operation[];
let tenant: Tenant;
let own: World;
let neighbour: World;
let attempt: ReturnType<typeof attempting>;
let nakamaToken: string;
beforeAll(async () => {
  cluster = await testCluster();
  node = await cluster.node();
  operations = await operationsOf(node);
  [tenant, own] = await makeTenant(cluster, node, 'acme');
  const player = await node.signIn(newDevice(), { 'x-client-key': tenant.clientKey });
  nakamaToken = player.body.nakama_token;
  neighbour = await makeWorld({ ...tenant, name: 'neighbour', player });
  attempt = attempting({ node, tenant, operations });
});
afterAll(() => cluster.stop());

const entered = Object.entries(attempts);
const mine = () => own;

/** The answer is a documented one of these. */
function expectRefused(name: string, { reply }: Attempted, wanted: readonly (readonly [number, string])[]): void {
  const code = reply.body?.error?.code;
  const given = [reply.status, code];
  expect({ given, wanted }).toEqual({ given, wanted: expect.arrayContaining([given]) });
  expect([name, code, operationOf(operations, name).errors.get(code)]).toEqual([name, code, reply.status]);
}
/** Calls that wrote neither events nor answers. */
const expectNothingWritten = async (attempted: readonly Attempted[]) =>
  expect([await eventsOf(cluster, attempted), await recordsOf(cluster, attempted)]).toEqual([[], []]);

/** Take what their senders sign, whatever it is. */
const signed = ['POST /v1/psp/webhook', 'POST /v1/bot/webhook'];
const withBody = entered.filter(([name]) => !name.startsWith('GET ') && !signed.includes(name));
const fieldsOf = (name: string) => Object.entries(operationOf(operations, name).body);
const invalid = [[400, 'VALIDATION_FAILED']] as const;
/** A value of none of the types that a field takes; undefined where it takes anything. */
function ofWrongType({ type, anyOf, enum: values }: SchemaShape): unknown {
  const types = [type ?? [], ...(anyOf ?? []).map((each) => each.type ?? [])].flat();
  if (values === undefined && (types.length === 0 || anyOf?.some((each) => each.type === undefined))) return undefined;
  return [{ wrong: true }, 0.5, 'wrong'].find((value) => !types.includes(typeof value));
}

describe.each(withBody)('%s', (name, how) => {
  test('refuses a field of a wrong type, names it, and writes nothing', async () => {
    const all: Attempted[] = [];
    for (const [field, schema] of fieldsOf(name)) {
      const wrong = ofWrongType(schema);
      if (wrong === undefined) continue;
      const attempted = await attempt(name, how, { worldOf: mine, bodyOf: (right) => ({ ...right, [field]: wrong }) });
      expectRefused(name, attempted, invalid);
      const told = attempted.reply.body.error.details.map((each: { field: string }) => each.field);
      expect(told.join()).toContain(`body.${field}`);
      all.push(attempted);
    }
    await expectNothingWritten(all);
  });

  test('refuses a body without a field that it needs, names it, and writes nothing', async () => {
    const all: Attempted[] = [];
    for (const field of operationOf(operations, name).required) {
      const without = (right: Readonly<Record<string, unknown>>) =>
        Object.fromEntries(Object.entries(right).filter(([each]) => each !== field));
      const attempted = await attempt(name, how, { worldOf: mine, bodyOf: without });
      expectRefused(name, attempted, invalid);
      expect(JSON.stringify(attempted.reply.body.error.details)).toContain(`body.${field}`);
      all.push(attempted);
    }
    await expectNothingWritten(all);
  });

  test('refuses a body that is no object, one that is no JSON, and one over 1 MiB, and writes nothing', async () => {
    if (fieldsOf(name).length === 0) return;
    const isNeeded = operationOf(operations, name).required.length > 0;
    const huge = JSON.stringify({ huge: 'x'.repeat(1_100_000) });
    const bodies = [
      ...['[]', '"text"', '7', ...(isNeeded ? ['null'] : [])].map((body) => [body, invalid] as const),
      ['{"half":', [[400, 'MALFORMED_JSON']]] as const,
      [huge, [[413, 'PAYLOAD_TOO_LARGE']]] as const,
    ];
    const all: Attempted[] = [];
    for (const [body, wanted] of bodies) {
      const attempted = await attempt(name, how, { worldOf: mine, bodyOf: () => body });
      expectRefused(name, attempted, wanted);
      all.push(attempted);
    }
    await expectNothingWritten(all);
  });
});

/** An id like another one that nothing has. */
const unlike = (id: string): string => {
  if (/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(id)) return randomUUID();
  if (/^\d+$/.test(id)) return '999999999';
  return id.replaceAll('acme', 'nobody').replace(/[0-9a-f]{12}$/, (digits) => [...digits].reverse().join(''));
};
const refusalsOf = ({ refusal = [] }: Attempt, name: string) =>
  refusal.map((code) => [operationOf(operations, name).errors.get(code) ?? 0, code] as const);

describe.each(entered.filter(([, { ids = {}, free = {} }]) => Object.keys(ids).some((id) => !(id in free))))(
  '%s',
  (name, how) => {
    test('says that there is nothing under an id of nothing, and writes nothing', async () => {
      const world = Object.fromEntries(Object.entries(own).map(([kind, id]) => [kind, unlike(id)]));
      for (const kind of Object.values(how.ids ?? {})) expect([kind, world[kind]]).not.toEqual([kind, own[kind]]);
      const attempted = await attempt(name, how, { worldOf: () => world });
      expectRefused(name, attempted, refusalsOf(how, name));
      expect(await eventsOf(cluster, [attempted])).toEqual([]);
    });
  },
);

/** Things that are one player's. */
const personal = new Set(['deviceName', 'session', 'credential', 'ticket', 'match', 'party', 'notification']);
/** What another player's thing is answered with beside what one of nobody is. */
const besides: Readonly<Record<string, readonly (readonly [number, string])[]>> = {
  'POST /v1/parties/{party_id}/join': [[403, 'PARTY_INVITE_REQUIRED']],
  'GET /v1/matches/{match_id}': [[403, 'NOT_A_PARTICIPANT']],
  'POST /v1/matches/{match_id}/command': [[403, 'NOT_A_PARTICIPANT']],
};

describe.each(
  entered.filter(([, { as, ids = {} }]) => as === 'player' && Object.values(ids).some((kind) => personal.has(kind))),
)('%s', (name, how) => {
  test("refuses another player's thing, and writes nothing", async () => {
    const attempted = await attempt(name, how, { worldOf: () => neighbour });
    expectRefused(name, attempted, [...refusalsOf(how, name), ...(besides[name] ?? [])]);
    expect(await eventsOf(cluster, [attempted])).toEqual([]);
  });
});

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const decoded = (token: string, at: number) => JSON.parse(Buffer.from(token.split('.')[at]!, 'base64url').toString());

/** Tokens of somebody who may, none of which counts. */
function forged(good: string, player: Tenant['player']): Record<string, string> {
  const [header, claims, signature] = good.split('.') as [string, string, string];
  const more = part({ ...decoded(good, 1), exp: decoded(good, 1).exp + 60 });
  const sign = (text: string) => createHmac('sha256', 'a key of somebody else').update(text).digest('base64url');
  const unsigned = `${part({ ...decoded(good, 0), alg: 'none' })}.${claims}.`;
  return {
    'signed with another key': `${header}.${claims}.${sign(`${header}.${claims}`)}`,
    'with other claims': `${header}.${more}.${signature}`,
    'without a signature': unsigned,
    'of another algorithm': `${part({ ...decoded(good, 0), alg: 'HS512' })}.${claims}.${signature}`,
    'a refresh token': player.refresh,
  };
}

describe.each(entered.filter(([, { as }]) => as !== 'anonymous'))('%s', (name, how) => {
  test('takes no token that is forged, for something else, or expired, and writes nothing', async () => {
    const issuer = cluster.issuer();
    const grant = { tenant: tenant.name as TenantId, sessionId: randomUUID() as SessionId, ttlS: 60 };
    const issue = (nowMs: number) =>
      how.as === 'player'
        ? issuer.session({ ...grant, playerId: tenant.player.id as PlayerId, nowMs }).token
        : issuer.operator({ ...grant, role: 'admin', subject: 'tester', nowMs }).token;
    const all: Attempted[] = [];
    const tokens = { ...forged(issue(Date.now()), tenant.player), "Nakama's": nakamaToken };
    for (const [kind, token] of Object.entries(tokens)) {
      const attempted = await attempt(name, how, { worldOf: mine, token });
      expect([kind, attempted.reply.status, attempted.reply.headers.get('www-authenticate')]).toEqual([
        kind,
        401,
        expect.stringContaining('Bearer'),
      ]);
      expectRefused(name, attempted, [[401, 'UNAUTHENTICATED']]);
      all.push(attempted);
    }
    const expired = await attempt(name, how, { worldOf: mine, token: issue(Date.now() - 120_000) });
    expectRefused(name, expired, [[401, 'TOKEN_EXPIRED']]);
    await expectNothingWritten([...all, expired]);
  });
});
