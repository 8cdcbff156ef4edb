import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ServiceScope, serviceScopes } from '../../src/security/service-keys.ts';
import { filledPath, type Operation, operationsOf } from './operations.ts';
import { rights, roles } from './rights.ts';
import { newKey, type TestCluster, type TestNode, testCluster } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
let operations: readonly Operation[];
const tokens = new Map<string, string>();
let playerId: string;
beforeAll(async () => {
  cluster = await testCluster();
  node = await cluster.node();
  operations = await operationsOf(node);
  const player = await node.signIn();
  playerId = player.id;
  tokens.set('player', player.token).set('admin', cluster.operator('admin')).set('ops', cluster.operator('ops'));
  for (const scope of Object.keys(serviceScopes) as ServiceScope[])
    tokens.set(`scope:${scope}`, await cluster.serviceKey([scope]));
});
afterAll(() => cluster.stop());

/** A player's own id where a path names a player, the document's form of anything else. */
const fillFor = (path: string) => (parameter: string) =>
  parameter === 'player_id' || path.startsWith('/v1/players/') ? playerId : 'a'.repeat(8);

/** Asks in a way that a caller who may is told of the body or of what is not there, so that no call changes anything. */
async function ask({ method, path }: Operation, token: string | undefined) {
  const reads = method === 'GET' || method === 'HEAD';
  const { status, body } = await node.call(filledPath(path, fillFor(path)), {
    method,
    key: newKey(),
    ...(token === undefined ? {} : { token }),
    ...(reads ? {} : { body: 'x', headers: { 'content-type': 'text/x-unknown' } }),
  });
  const code: string | undefined = body?.error?.code;
  if (status === 401 && ['UNAUTHENTICATED', 'TOKEN_EXPIRED'].includes(code ?? '')) return 'unauthenticated';
  return status === 403 && code === 'FORBIDDEN' ? 'forbidden' : 'let in';
}

test('the table of rights has every operation, and no other: enter a new route in tests/http/rights.ts', () => {
  const known = Object.keys(rights).sort();
  const documented = operations.map(({ name }) => name).sort();
  expect({
    'missing in tests/http/rights.ts': documented.filter((name) => !known.includes(name)),
    'in tests/http/rights.ts, but not in the OpenAPI document': known.filter((name) => !documented.includes(name)),
  }).toEqual({
    'missing in tests/http/rights.ts': [],
    'in tests/http/rights.ts, but not in the OpenAPI document': [],
  });
});

test('the table knows every scope of service keys', () => {
  const scopes = Object.keys(serviceScopes).map((scope) => `scope:${scope}`);
  expect([...roles].filter((role) => role.startsWith('scope:')).sort()).toEqual(scopes.sort());
});

describe.each(Object.entries(rights))('%s', (name, allowed) => {
  const operation = () => {
    const found = operations.find((each) => each.name === name);
    if (found === undefined) throw new Error(`${name} is not in the OpenAPI document`);
    return found;
  };
  const isOpen = allowed.includes('everybody');

  test(isOpen ? 'answers without a token' : 'answers 401 without a token', async () => {
    expect(await ask(operation(), undefined)).toBe(isOpen ? 'let in' : 'unauthenticated');
    expect(await ask(operation(), 'forged')).toBe('unauthenticated');
  });

  test(`lets in ${allowed.join(', ')}, and nobody else`, async () => {
    const found: Record<string, string> = {};
    for (const role of roles) found[role] = await ask(operation(), tokens.get(role));
    const wanted = roles.map((role) => [role, isOpen || allowed.includes(role) ? 'let in' : 'forbidden']);
    expect(found).toEqual(Object.fromEntries(wanted));
  });

  test('documents who may call it', () => {
    const [, documented = ''] = /For: (.*)\.$/.exec(operation().description) ?? [];
    const told = [...documented.matchAll(/`([^`]+)`/g)].map(([, right]) => right);
    const implied = told.includes('ops') ? [...told, 'admin', 'scope:ops'] : told;
    expect([...new Set(implied)].sort()).toEqual(isOpen ? [] : [...allowed].sort());
  });
});
