import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type List, listsOf, onePage } from './lists.ts';
import { type TestCluster, type TestNode, testCluster } from './support.ts';

let cluster: TestCluster;
let node: TestNode;
let lists: readonly List[];
let tokens: Record<string, string>;
beforeAll(async () => {
  cluster = await testCluster();
  node = await cluster.node();
  const admin = cluster.operator('admin');
  tokens = { admin, ops: cluster.operator('ops'), player: (await node.signIn()).token };
  await node.openSeason(admin, 'spring-2026');
  lists = await listsOf(node);
});
afterAll(() => cluster.stop());

const address = ({ path, parameters = [] }: List) =>
  path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(parameters.find((each) => each.in === 'path' && each.name === name)?.example)),
  );
const tokenFor = ({ description = '' }: List): string => {
  const right = ['player', 'ops', 'admin'].find((each) => description.includes(`\`${each}\``));
  if (right === undefined) throw new Error(`nobody of the test may read it: ${description}`);
  return tokens[right]!;
};
const ask = (list: List, query: Record<string, string>) =>
  node.call(`${address(list)}?${new URLSearchParams(query)}`, { token: tokenFor(list) });

describe('each list of the document', () => {
  test('answers with a page and `next_cursor`, and takes `limit` and `cursor`', () => {
    expect(lists.length).toBeGreaterThanOrEqual(3);
    const wrong = lists.filter(({ path, schema, parameters = [] }) => {
      const query = new Set(parameters.filter((each) => each.in === 'query').map(({ name }) => name));
      const takes = query.has('limit') && (query.has('cursor') || onePage.has(path));
      return !takes || schema.properties?.['next_cursor'] === undefined;
    });
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test('has 20 items in a page, and 100 at most', () => {
    for (const { path, parameters = [] } of lists) {
      const { minimum, maximum, default: usual } = parameters.find(({ name }) => name === 'limit')?.schema ?? {};
      expect([path, minimum, maximum, usual]).toEqual([path, 1, 100, 20]);
    }
  });

  test.each(['0', '101', '-1', '1.5', 'many'])('refuses a limit of %s', async (limit) => {
    for (const list of lists) {
      const { status, body } = await ask(list, { limit });
      expect([list.path, status, body.error.details?.[0]?.field]).toEqual([list.path, 400, 'query.limit']);
    }
  });

  test.each(['!not a cursor!', `${Buffer.from('["\0"]').toString('base64url')}=%`, 'x'.repeat(600)])(
    'refuses %j as a cursor',
    async (cursor) => {
      for (const list of lists.filter(({ path }) => !onePage.has(path))) {
        const { status, body, text } = await ask(list, { cursor });
        expect([list.path, status, body.error?.details?.[0]?.field], text).toEqual([list.path, 400, 'query.cursor']);
      }
    },
  );
});
