import { randomUUID } from 'node:crypto';
import { openEventStore } from '../../../src/event-store/index.ts';
import { deadLetterIdOf, deadLetterStream } from '../../../src/events/dead-letter.ts';
import type { TenantId } from '../../../src/events/ids.ts';
import { newKey, type TestCluster, type TestNode, until } from '../support.ts';

/** One tenant with a caller of each kind. @property make signs in, calls and expects success */
export type Tenant = {
  readonly name: string;
  readonly clientKey: string;
  readonly node: TestNode;
  readonly player: {
    readonly id: string;
    readonly token: string;
    readonly refresh: string;
    readonly device: string;
    readonly position: string;
  };
  readonly tokens: Readonly<Record<Caller, string>>;
  readonly receipt: (product: string) => string;
};
export type Caller = 'anonymous' | 'player' | 'ops' | 'admin' | 'service';

/** Things of a tenant by the names that the attempts uses; every id is of this tenant only. */
export type World = Readonly<Record<string, string>>;

/** What makes the things of a tenant; each gets what the ones before made. Extend the list with your context's. */
const makers: readonly ((tenant: Tenant, world: World) => Promise<World> | World)[] = [
  ({ player }) => ({ player: player.id, refreshToken: player.refresh, device: player.device }),
  async ({ node, player }) => {
    const headers = { 'sandai-wait-for': player.position };
    const devices = await node.call('/v1/devices', { token: player.token, headers });
    const sessions = await node.call('/v1/sessions', { token: player.token, headers });
    return { deviceName: devices.body.items[0].id, session: sessions.body.items[0].id };
  },
  async ({ name, node, player, clientKey }) => {
    await node.call('/v1/auth/email', {
      token: player.token,
      headers: { 'x-client-key': clientKey },
      body: { email: `owner-of-${name}@example.com`, password: 'a long password', create: true },
    });
    const { body } = await node.call('/v1/credentials', { token: player.token });
    return { credential: body.items[0].id };
  },
  async (tenant) => {
    const season = `season-of-${tenant.name}`;
    await tenant.node.openSeason(tenant.tokens.admin, season);
    await tenant.node.score(tenant.player.token, season, 5);
    return { season };
  },
  async ({ name, node, player }) => {
    const { body } = await node.call('/v1/parties', { method: 'POST', token: player.token });
    const made = await node.call('/v1/groups', {
      token: player.token,
      key: newKey(),
      body: { name: `Group of ${name}`, visibility: 'public' },
    });
    return { party: body.party_id, group: made.body.group_id };
  },
  async ({ name, node, tokens }) => {
    const tournament = `tournament-of-${name}`;
    const body = { tournament, operator: 'best', cron: '0 0 * * *', duration_s: 86_400 };
    await node.call('/v1/tournaments', { token: tokens.admin, body });
    return { tournament };
  },
  async ({ name, node, tokens, player }) => {
    const template = `template-of-${name}`;
    const body = { title: 'A title', content: 'A text' };
    const path = `/v1/notifications/templates/${template}`;
    await node.call(path, { method: 'PUT', token: tokens.ops, body });
    const told = { ...body, player_ids: [player.id], ttl: 3_600 };
    const { body: queued } = await node.call('/v1/notifications', { token: tokens.ops, key: newKey(), body: told });
    return {
      template,
      notification: queued.notification_id,
      bot: `bot-of-${name}`,
      update: name === 'victim' ? '738216945' : '738216946',
    };
  },
  async ({ node, clientKey, player }) => {
    const rival = await node.signIn(undefined, { 'x-client-key': clientKey });
    const body = { skill: 1000, modes: ['solo'] };
    const enqueue = (token: string) => node.call('/v1/matchmaking/enqueue', { token, key: newKey(), body });
    const [queued] = [await enqueue(player.token), await enqueue(rival.token)];
    const { ticket } = queued.body as { ticket: string };
    const matched = await until(
      () => node.call(`/v1/matchmaking/${ticket}`, { token: player.token }),
      ({ body: found }) => found.status === 'matched',
    );
    return { ticket, match: String(matched.body.match_id) };
  },
  async ({ name, node, tokens, player, receipt }) => {
    const product = `product-of-${name}`;
    const body = {
      name: 'A thing',
      price: { amount: 1, currency: 'EUR' },
      grants: { currencies: [{ currency: 'gems', amount: 5 }] },
    };
    await node.call(`/v1/products/${product}`, { method: 'PUT', token: tokens.admin, body });
    const bought = { product_id: product, store: 'test', receipt: receipt(product) };
    const { body: made } = await node.call('/v1/purchases', { token: player.token, key: newKey(), body: bought });
    return { product, purchase: made.purchase_id };
  },
  async ({ node, player }) => {
    const event_id = randomUUID();
    const events = [{ event_id, name: 'level_completed', at: new Date().toISOString() }];
    await node.call('/v1/analytics/events', { token: player.token, body: { events } });
    return { analyticsEvent: event_id };
  },
  async ({ name, node, tokens }) => {
    const [experiment, layer, cohort] = [`experiment-of-${name}`, `layer-of-${name}`, `cohort-of-${name}`];
    const asAdmin = (path: string, method: string, body: object, headers = {}) =>
      node.call(path, { method, token: tokens.admin, body, headers });
    await asAdmin(`/v1/experiment-layers/${layer}`, 'PUT', {});
    const cohorts = [{ cohort, share: 10_000 }];
    const definition = { cohorts, control: cohort, layer: { layer, from: 0, to: 10_000 } };
    await asAdmin(`/v1/experiments/${experiment}`, 'PUT', definition);
    await asAdmin(`/v1/config/${experiment}/${cohort}`, 'PUT', { values: { of: name } }, { 'if-match': '"0"' });
    await asAdmin(`/v1/experiments/${experiment}/start`, 'POST', {});
    return { experiment, layer, cohort };
  },
];

const allScopes = [
  'metrics',
  'ops',
  'scores:write',
  'matches:write',
  'economy:write',
  'players:read',
  'exposures:write',
  'nakama',
] as const;

/** A dead letter, as nobody files one through a route. */
async function fileLetter(cluster: TestCluster, name: string): Promise<string> {
  const tenant = name as TenantId;
  const id = deadLetterIdOf('bot-command', `of-${name}`);
  const data = { deadLetterId: id, reason: 'unreachable', attempts: 8, sealed: 'pd1.x' };
  const log = await openEventStore({ connectionString: cluster.db.url });
  const streams = [
    { streamId: deadLetterStream(tenant, id), expectedVersion: 0n, events: [{ type: 'DeadLetterFiled', data }] },
  ];
  await log.append({ tenant, streams });
  await log.close();
  return id;
}

/** Makes the things of a tenant's player. */
export async function makeWorld(tenant: Tenant): Promise<World> {
  let world: World = {};
  for (const make of makers) world = { ...world, ...(await make(tenant, world)) };
  return world;
}

/** Makes a tenant with its things. */
export async function makeTenant(cluster: TestCluster, node: TestNode, name: string): Promise<[Tenant, World]> {
  const clientKey = await cluster.tenant(name);
  const tokens = {
    anonymous: '',
    admin: cluster.operator('admin', name),
    ops: cluster.operator('ops', name),
    service: await cluster.serviceKey([...allScopes], name),
  };
  const player = await node.signIn(`device-${name}-${newKey()}`, { 'x-client-key': clientKey });
  const receipt = (product: string) => cluster.receipt(product, { tenant: name });
  const tenant: Tenant = { name, clientKey, node, player, receipt, tokens: { ...tokens, player: player.token } };
  const world = await makeWorld(tenant);
  const [score] = await cluster.db.query(
    `select event_id from events where tenant = $1 and type = 'LeaderboardUpdated'`,
    [name],
  );
  return [tenant, { ...world, deadLetter: await fileLetter(cluster, name), scoreEvent: String(score!['event_id']) }];
}
