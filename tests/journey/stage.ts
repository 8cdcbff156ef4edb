import { createClient, type SandaiClient } from '../../src/client/index.ts';
import { newDevice, type TestNode, testCluster, until } from '../http/support.ts';
import { seededRandom } from '../support/random.ts';
import type { Settled } from './read-models.ts';
import { restlessFetch } from './restless-fetch.ts';

export type Player = {
  readonly id: string;
  readonly name: string;
  readonly device: string;
  readonly url: string;
  readonly client: SandaiClient;
  readonly tickets: string[];
};
export type Stage = Awaited<ReturnType<typeof setStage>>;
/** What there is after the journey. @property waitFor the end of the log */
export type Journey = Stage & Settled & { readonly waitFor: string };

export const playerCount = 50;
export const secrets = { bot: 'a-secret-of-the-journey', psp: 'psp-secret-of-the-journey' };

/** Two nodes, operators, and players who have signed up. Everybody calls by the client that games use, over connections that lose answers. */
export async function setStage() {
  const cluster = await testCluster();
  const random = seededRandom(20_261_121);
  const restless = restlessFetch(random);
  /** How far the nodes' clocks are ahead. */
  let later = 0;
  const now = () => Date.now() + later;
  const nodes: TestNode[] = [await cluster.node({ now }), await cluster.node({ now })];
  const url = nodes[0]!.url;
  const clientOf = (more: { readonly token?: string; readonly url?: string } = {}) =>
    createClient({ url, fetch: restless.fetch, ...more });

  async function signUp(name: string, index = 0): Promise<Player> {
    const own = nodes[index % nodes.length]!.url;
    const client = clientOf({ url: own });
    const device = newDevice();
    const { player_id: id } = await client.post('/v1/auth/device', { body: { device_id: device } });
    await client.patch('/v1/profile', { body: { display_name: name } });
    return { id, name, device, url: own, client, tickets: [] };
  }
  const operator = (role: 'admin' | 'ops') => clientOf({ token: cluster.operator(role, 'default', now()) });
  const admin = operator('admin');
  const ops = operator('ops');
  const service = clientOf({ token: await cluster.serviceKey(['economy:write', 'matches:write']) });
  const players = await Promise.all(Array.from({ length: playerCount }, (_, at) => signUp(`Player ${at}`, at)));
  return {
    cluster,
    nodes,
    url,
    restless,
    admin,
    ops,
    service,
    players,
    now,
    signUp,
    clientOf,
    operator,
    /** A whole number from 0 to below a limit. */
    upTo: (limit: number): number => Math.floor(random() * limit),
    /** Sets the nodes' clocks ahead. */
    advance(ms: number) {
      later += ms;
    },
    /** Waits until work that no request waits for has led to so many events. */
    eventsReach: (type: string, count: number) =>
      until(
        () => cluster.db.query('select 1 from events where type = $1', [type]),
        (found) => found.length === count,
      ),
    /** Everybody of whom something is true does something, all at once. */
    each: (does: (player: Player, index: number) => Promise<unknown>, who: (index: number) => boolean = () => true) =>
      Promise.all(players.map((player, index) => (who(index) ? does(player, index) : null))),
  };
}

export const gold = (amount: number) => [{ kind: 'currency' as const, asset: 'gold', amount }];

export const all = async <Item>(pages: AsyncGenerator<Item>): Promise<Item[]> => {
  const items: Item[] = [];
  for await (const item of pages) items.push(item);
  return items;
};
