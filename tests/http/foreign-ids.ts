import { randomUUID } from 'node:crypto';
import { openEventStore } from '../../src/event-store/index.ts';
import { deadLetterIdOf, deadLetterStream } from '../../src/events/dead-letter.ts';
import type { TenantId } from '../../src/events/ids.ts';
import { newKey, type TestCluster, type TestNode, until } from './support.ts';

/** Every route, tried by a caller of one tenant with the ids of another: `foreign-ids.int.test.ts` makes the calls.
 *
 *  A new route is entered in {@link attempts}: who calls, and for each id that it takes (every path parameter, every field of the
 *  body that ends with `_id`, `_ids` or is named `uid`) which thing of {@link worlds} it names. A new kind of thing is made in
 *  {@link worlds}, once for each tenant. */

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

/** Things of a tenant by the names that {@link attempts} uses; every id is of this tenant only. */
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
  async ({ node, player, clientKey }) => {
    await node.call('/v1/auth/email', {
      token: player.token,
      headers: { 'x-client-key': clientKey },
      body: { email: 'owner@example.com', password: 'a long password', create: true },
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
    const body = { tournament, operator: 'best', cron: '* * * * *', duration_s: 3_600 };
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

/** @property as      who of the other tenant calls
 *  @property ids     for each id of the route, the thing that it names
 *  @property body    the rest of the body
 *  @property headers what the route needs beside the usual ones
 *  @property refusal codes of which one must come, each a 403 or 404; when several ids are taken, for whichever is foreign
 *  @property free    ids that need not exist anywhere, and why: naming one of another tenant then is no different
 *  @property chosen  names in the path that the caller may choose, as when something is made there
 *  @property own     the route takes no id: it works for the caller's own tenant, shows nothing of the other and changes nothing there */
export type Attempt = {
  readonly as: Caller;
  readonly ids?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly refusal?: readonly string[];
  readonly free?: Readonly<Record<string, string>>;
  readonly chosen?: Readonly<Record<string, string>>;
  readonly own?: true;
};

export const attempts: Readonly<Record<string, Attempt>> = {
  'GET /healthz': { as: 'anonymous', own: true },
  'GET /readyz': { as: 'anonymous', own: true },
  'GET /v1/audit': { as: 'admin', own: true },
  'GET /metrics': { as: 'service', own: true },

  'POST /v1/auth/device': {
    as: 'player',
    ids: { uid: 'player', device_id: 'device' },
    refusal: ['LINK_NOT_ALLOWED'],
    free: { device_id: 'the same device is another player in each tenant' },
  },
  'POST /v1/auth/refresh': { as: 'anonymous', own: true, body: { refresh_token: 'nonsense' } },
  'POST /v1/auth/logout': { as: 'player', own: true },

  'POST /v1/groups': { as: 'player', own: true, body: { name: 'Of my own', visibility: 'public' } },
  'GET /v1/groups': { as: 'player', own: true },
  'PATCH /v1/groups/{group_id}': {
    as: 'player',
    ids: { group_id: 'group' },
    body: { description: 'Mine now' },
    refusal: ['GROUP_NOT_FOUND'],
  },
  'GET /v1/groups/mine': { as: 'player', own: true },
  'GET /v1/groups/{group_id}': { as: 'player', ids: { group_id: 'group' }, refusal: ['GROUP_NOT_FOUND'] },
  'GET /v1/groups/{group_id}/members': { as: 'player', ids: { group_id: 'group' }, refusal: ['GROUP_NOT_FOUND'] },
  'GET /v1/groups/{group_id}/requests': { as: 'player', ids: { group_id: 'group' }, refusal: ['GROUP_NOT_FOUND'] },
  'POST /v1/groups/{group_id}/join': { as: 'player', ids: { group_id: 'group' }, refusal: ['GROUP_NOT_FOUND'] },
  'POST /v1/groups/{group_id}/leave': { as: 'player', ids: { group_id: 'group' }, refusal: ['GROUP_NOT_FOUND'] },
  'POST /v1/groups/{group_id}/requests': {
    as: 'player',
    ids: { group_id: 'group', player_id: 'player' },
    body: { accept: false },
    refusal: ['GROUP_NOT_FOUND', 'GROUP_REQUEST_NOT_FOUND'],
  },
  'POST /v1/groups/{group_id}/invites': {
    as: 'player',
    ids: { group_id: 'group', player_id: 'player' },
    refusal: ['GROUP_NOT_FOUND', 'PLAYER_NOT_FOUND'],
  },
  'POST /v1/groups/{group_id}/kick': {
    as: 'player',
    ids: { group_id: 'group', player_id: 'player' },
    refusal: ['GROUP_NOT_FOUND', 'GROUP_MEMBER_NOT_FOUND'],
  },

  'GET /v1/invitations': { as: 'player', own: true },
  'POST /v1/parties': { as: 'player', own: true },
  'GET /v1/parties/mine': { as: 'player', own: true },
  'GET /v1/parties/{party_id}': { as: 'player', ids: { party_id: 'party' }, refusal: ['PARTY_NOT_FOUND'] },
  'POST /v1/parties/{party_id}/invite': {
    as: 'player',
    ids: { party_id: 'party', player_id: 'player' },
    refusal: ['PARTY_NOT_FOUND', 'PLAYER_NOT_FOUND'],
  },
  'POST /v1/parties/{party_id}/join': { as: 'player', ids: { party_id: 'party' }, refusal: ['PARTY_NOT_FOUND'] },
  'POST /v1/parties/{party_id}/kick': {
    as: 'player',
    ids: { party_id: 'party', player_id: 'player' },
    refusal: ['PARTY_NOT_FOUND', 'PARTY_MEMBER_NOT_FOUND'],
  },
  'POST /v1/parties/{party_id}/leave': { as: 'player', ids: { party_id: 'party' }, refusal: ['PARTY_NOT_FOUND'] },
  'POST /v1/auth/email': {
    as: 'anonymous',
    own: true,
    body: { email: 'eve@example.com', password: 'a long password' },
  },
  'POST /v1/auth/email/verification': { as: 'anonymous', own: true, body: { email: 'eve@example.com' } },
  'POST /v1/auth/email/verify': { as: 'player', own: true, body: { code: 'c'.repeat(43) } },
  'POST /v1/auth/email/reset': { as: 'anonymous', own: true, body: { email: 'eve@example.com' } },
  'POST /v1/auth/email/password': {
    as: 'anonymous',
    own: true,
    body: { code: 'c'.repeat(43), password: 'a long password' },
  },
  'POST /v1/auth/social': { as: 'anonymous', own: true, body: { provider: 'google', token: 'token' } },
  'GET /v1/devices': { as: 'player', own: true },
  'POST /v1/devices': {
    as: 'player',
    own: true,
    ids: { device_id: 'device' },
    free: { device_id: 'the same device is another player in each tenant' },
  },
  'DELETE /v1/devices/{device}': { as: 'player', ids: { device: 'deviceName' }, refusal: ['DEVICE_NOT_FOUND'] },
  'GET /v1/credentials': { as: 'player', own: true },
  'DELETE /v1/credentials/{credential}': {
    as: 'player',
    ids: { credential: 'credential' },
    refusal: ['CREDENTIAL_NOT_FOUND'],
  },
  'GET /v1/sessions': { as: 'player', own: true },
  'DELETE /v1/sessions/{session_id}': {
    as: 'player',
    ids: { session_id: 'session' },
    refusal: ['SESSION_NOT_FOUND'],
  },

  'GET /v1/profile': { as: 'player', own: true },
  'PATCH /v1/profile': { as: 'player', own: true, body: { display_name: 'Eve' } },

  'GET /v1/players/{player_id}/entitlements': {
    as: 'service',
    ids: { player_id: 'player' },
    refusal: ['PLAYER_NOT_FOUND'],
  },
  'PUT /v1/players/{player_id}/entitlements': {
    as: 'ops',
    ids: { player_id: 'player' },
    body: { entitlements: [{ tier: 'gold' }] },
    refusal: ['PLAYER_NOT_FOUND'],
  },
  'DELETE /v1/players/{player_id}/personal-data': {
    as: 'admin',
    ids: { player_id: 'player' },
    refusal: ['PLAYER_NOT_FOUND'],
  },

  'POST /v1/analytics/events': {
    as: 'player',
    own: true,
    body: { events: [{ name: 'level_completed', at: '2026-03-01T12:00:00Z' }] },
  },
  'GET /v1/analytics/events': { as: 'ops', own: true },
  'GET /v1/analytics/events/counts': { as: 'ops', own: true },
  'GET /v1/analytics/cohorts': { as: 'ops', own: true },
  'GET /v1/analytics/activity': { as: 'ops', own: true },
  'GET /v1/analytics/retention': { as: 'ops', own: true },
  'GET /v1/analytics/funnel': { as: 'ops', own: true },
  'GET /v1/analytics/revenue': { as: 'ops', own: true },
  'GET /v1/analytics/economy': { as: 'ops', own: true },
  'GET /v1/players/{player_id}/play-sessions': {
    as: 'ops',
    ids: { player_id: 'player' },
    refusal: ['PLAYER_NOT_FOUND'],
  },
  'GET /v1/players/{player_id}/events': {
    as: 'ops',
    ids: { player_id: 'player' },
    refusal: ['PLAYER_NOT_FOUND'],
  },

  'POST /v1/matchmaking/enqueue': {
    as: 'player',
    ids: { party_id: 'party' },
    body: { skill: 1000, modes: ['solo'] },
    refusal: ['PARTY_NOT_FOUND'],
  },
  'GET /v1/matchmaking': { as: 'player', own: true },
  'GET /v1/matchmaking/{ticket}': { as: 'player', ids: { ticket: 'ticket' }, refusal: ['TICKET_NOT_FOUND'] },
  'DELETE /v1/matchmaking/{ticket}': { as: 'player', ids: { ticket: 'ticket' }, refusal: ['TICKET_NOT_FOUND'] },
  'POST /v1/matches/{match_id}/command': {
    as: 'player',
    ids: { match_id: 'match' },
    body: { command: 'ready', payload: {} },
    refusal: ['MATCH_NOT_FOUND'],
  },
  'POST /v1/matches/{match_id}/result': {
    as: 'service',
    ids: { match_id: 'match' },
    body: {
      teams: [
        { team: 1, place: 1 },
        { team: 2, place: 2 },
      ],
    },
    refusal: ['MATCH_NOT_FOUND'],
  },
  'GET /v1/matches': { as: 'player', own: true },
  'GET /v1/matches/{match_id}': { as: 'player', ids: { match_id: 'match' }, refusal: ['MATCH_NOT_FOUND'] },

  'POST /v1/seasons': { as: 'admin', own: true, body: { season: 'of-my-own', operator: 'best' } },
  'GET /v1/seasons': { as: 'admin', own: true },
  'POST /v1/seasons/{season}/close': { as: 'admin', ids: { season: 'season' }, refusal: ['SEASON_NOT_FOUND'] },
  'GET /v1/seasons/{season}/history': { as: 'player', ids: { season: 'season' }, refusal: ['SEASON_NOT_FOUND'] },
  'GET /v1/leaderboards/{season}/scores/{player_id}': {
    as: 'ops',
    ids: { season: 'season', player_id: 'player' },
    refusal: ['ENTRY_NOT_FOUND'],
  },
  'POST /v1/tournaments': {
    as: 'admin',
    own: true,
    body: { tournament: 'of-my-own', operator: 'best', cron: '0 0 1 1 *', duration_s: 60 },
  },
  'GET /v1/tournaments': { as: 'player', own: true },
  'GET /v1/tournaments/{tournament}': {
    as: 'player',
    ids: { tournament: 'tournament' },
    refusal: ['TOURNAMENT_NOT_FOUND'],
  },
  'GET /v1/tournaments/{tournament}/leaderboard': {
    as: 'player',
    ids: { tournament: 'tournament' },
    refusal: ['TOURNAMENT_NOT_FOUND'],
  },
  'GET /v1/tournaments/{tournament}/occurrences': {
    as: 'player',
    ids: { tournament: 'tournament' },
    refusal: ['TOURNAMENT_NOT_FOUND'],
  },
  'POST /v1/tournaments/{tournament}/end': {
    as: 'admin',
    ids: { tournament: 'tournament' },
    refusal: ['TOURNAMENT_NOT_FOUND'],
  },
  'POST /v1/tournaments/{tournament}/join': {
    as: 'player',
    ids: { tournament: 'tournament' },
    refusal: ['TOURNAMENT_NOT_FOUND'],
  },
  'POST /v1/tournaments/{tournament}/score': {
    as: 'service',
    ids: { tournament: 'tournament', player_id: 'player' },
    body: { score: 1 },
    refusal: ['TOURNAMENT_NOT_FOUND', 'PLAYER_NOT_FOUND'],
  },
  'POST /v1/leaderboards/{season}/score': {
    as: 'service',
    ids: { season: 'season', player_id: 'player' },
    body: { score: 1_000 },
    refusal: ['SEASON_NOT_FOUND', 'PLAYER_NOT_FOUND'],
  },
  'POST /v1/leaderboards/{season}/withdraw': {
    as: 'ops',
    ids: { season: 'season', player_id: 'player', event_id: 'scoreEvent' },
    refusal: ['SCORE_NOT_FOUND'],
  },
  'GET /v1/leaderboards/{season}': { as: 'player', ids: { season: 'season' }, refusal: ['SEASON_NOT_FOUND'] },
  'GET /v1/leaderboards/{season}/around/{player_id}': {
    as: 'player',
    ids: { season: 'season', player_id: 'player' },
    refusal: ['SEASON_NOT_FOUND', 'ENTRY_NOT_FOUND'],
  },

  'GET /v1/products': { as: 'player', own: true },
  'PUT /v1/products/{product_id}': {
    as: 'admin',
    own: true,
    chosen: { product_id: 'of-my-own' },
    body: { name: 'A thing', price: { amount: 1, currency: 'EUR' }, grants: { items: [], currencies: [] } },
  },
  'DELETE /v1/products/{product_id}': {
    as: 'admin',
    ids: { product_id: 'product' },
    refusal: ['PRODUCT_NOT_FOUND'],
  },
  'POST /v1/purchases': {
    as: 'player',
    ids: { product_id: 'product' },
    body: { store: 'test', receipt: 'nonsense' },
    refusal: ['PRODUCT_NOT_FOUND'],
  },
  'GET /v1/purchases': { as: 'player', own: true },
  'GET /v1/purchases/{purchase_id}': {
    as: 'ops',
    ids: { purchase_id: 'purchase' },
    refusal: ['PURCHASE_NOT_FOUND'],
  },
  'POST /v1/purchases/{purchase_id}/refund': {
    as: 'ops',
    ids: { purchase_id: 'purchase' },
    refusal: ['PURCHASE_NOT_FOUND'],
  },
  'GET /v1/inventory': { as: 'player', own: true },
  'GET /v1/inventory/entries': { as: 'player', own: true },
  'POST /v1/inventory/entries': {
    as: 'service',
    ids: { player_id: 'player' },
    body: { give: { currencies: [{ currency: 'gems', amount: 1 }] }, ref: 'nothing' },
    refusal: ['PLAYER_NOT_FOUND'],
  },

  'GET /v1/experiments': { as: 'player', own: true },
  'GET /v1/experiments/{experiment_id}': {
    as: 'ops',
    ids: { experiment_id: 'experiment' },
    refusal: ['EXPERIMENT_NOT_FOUND'],
  },
  'PUT /v1/experiments/{experiment_id}': {
    as: 'admin',
    own: true,
    chosen: { experiment_id: 'of-my-own' },
    body: { cohorts: [{ cohort: 'on', share: 10_000 }], control: 'on' },
  },
  'POST /v1/experiments/{experiment_id}/start': {
    as: 'admin',
    ids: { experiment_id: 'experiment' },
    refusal: ['EXPERIMENT_NOT_FOUND'],
  },
  'POST /v1/experiments/{experiment_id}/ramp': {
    as: 'admin',
    ids: { experiment_id: 'experiment' },
    body: { ramp: 10_000 },
    refusal: ['EXPERIMENT_NOT_FOUND'],
  },
  'POST /v1/experiments/{experiment_id}/stop': {
    as: 'admin',
    ids: { experiment_id: 'experiment' },
    refusal: ['EXPERIMENT_NOT_FOUND'],
  },
  'POST /v1/experiments/{experiment_id}/rollback': {
    as: 'admin',
    ids: { experiment_id: 'experiment' },
    body: { version: 1 },
    refusal: ['EXPERIMENT_VERSION_NOT_FOUND'],
  },
  'GET /v1/experiments/{experiment_id}/history': {
    as: 'ops',
    ids: { experiment_id: 'experiment' },
    refusal: ['EXPERIMENT_NOT_FOUND'],
  },
  'GET /v1/experiments/{experiment_id}/report': {
    as: 'ops',
    ids: { experiment_id: 'experiment' },
    refusal: ['EXPERIMENT_NOT_FOUND'],
  },
  'GET /v1/experiments/{experiment_id}/assignment': {
    as: 'player',
    ids: { experiment_id: 'experiment' },
    refusal: ['EXPERIMENT_NOT_FOUND'],
  },
  'GET /v1/experiment-layers': { as: 'ops', own: true },
  'PUT /v1/experiment-layers/{layer}': { as: 'admin', own: true, chosen: { layer: 'of-my-own' }, body: {} },
  'GET /v1/config': { as: 'player', own: true },
  'GET /v1/config/{experiment_id}/{cohort}': {
    as: 'ops',
    ids: { experiment_id: 'experiment', cohort: 'cohort' },
    refusal: ['CONFIG_NOT_FOUND'],
  },
  'PUT /v1/config/{experiment_id}/{cohort}': {
    as: 'admin',
    ids: { experiment_id: 'experiment', cohort: 'cohort' },
    headers: { 'if-match': '"0"' },
    body: { values: {} },
    refusal: ['EXPERIMENT_NOT_FOUND', 'COHORT_NOT_FOUND'],
  },
  'POST /v1/config/{experiment_id}/{cohort}/rollback': {
    as: 'admin',
    ids: { experiment_id: 'experiment', cohort: 'cohort' },
    body: { version: 1 },
    refusal: ['CONFIG_VERSION_NOT_FOUND'],
  },
  'GET /v1/config/{experiment_id}/{cohort}/history': {
    as: 'ops',
    ids: { experiment_id: 'experiment', cohort: 'cohort' },
    refusal: ['CONFIG_NOT_FOUND'],
  },

  'POST /v1/psp/webhook': { as: 'anonymous', own: true, body: { id: 'evt_1', type: 'payment.refunded' } },

  'POST /v1/bot/webhook': { as: 'anonymous', own: true, body: { update_id: 1 } },
  'POST /v1/bot/link-codes': { as: 'player', own: true },
  'GET /v1/bot/commands': { as: 'ops', own: true },
  'POST /v1/bot/commands/{bot}/{update_id}/retry': {
    as: 'ops',
    ids: { bot: 'bot', update_id: 'update' },
    refusal: ['BOT_COMMAND_NOT_FOUND'],
  },

  'GET /v1/dead-letters': { as: 'ops', own: true },
  'GET /v1/dead-letters/{dead_letter_id}': {
    as: 'ops',
    ids: { dead_letter_id: 'deadLetter' },
    refusal: ['DEAD_LETTER_NOT_FOUND'],
  },
  'POST /v1/dead-letters/{dead_letter_id}/retry': {
    as: 'ops',
    ids: { dead_letter_id: 'deadLetter' },
    refusal: ['DEAD_LETTER_NOT_FOUND'],
  },
  'POST /v1/dead-letters/{dead_letter_id}/discard': {
    as: 'ops',
    ids: { dead_letter_id: 'deadLetter' },
    refusal: ['DEAD_LETTER_NOT_FOUND'],
  },

  'POST /v1/notifications': {
    as: 'ops',
    ids: { player_ids: 'player' },
    body: { title: 'A title', content: 'A text', ttl: 3_600 },
    refusal: ['PLAYER_NOT_FOUND'],
  },
  'GET /v1/notifications': { as: 'player', own: true },
  'POST /v1/notifications/read': { as: 'player', own: true },
  'POST /v1/notifications/{notification_id}/read': {
    as: 'player',
    ids: { notification_id: 'notification' },
    refusal: ['NOTIFICATION_NOT_FOUND'],
  },
  'DELETE /v1/notifications/{notification_id}': {
    as: 'player',
    ids: { notification_id: 'notification' },
    refusal: ['NOTIFICATION_NOT_FOUND'],
  },
  'GET /v1/notifications/preferences': { as: 'player', own: true },
  'PUT /v1/notifications/preferences': { as: 'player', own: true, body: { in_app: true, email: false, push: true } },
  'GET /v1/notifications/{notification_id}/sendings': {
    as: 'ops',
    ids: { notification_id: 'notification' },
    refusal: ['NOTIFICATION_NOT_FOUND'],
  },
  'POST /v1/notifications/{notification_id}/sendings/retry': {
    as: 'ops',
    ids: { notification_id: 'notification', player_id: 'player' },
    body: { channel: 'email' },
    refusal: ['NOTIFICATION_NOT_FOUND'],
  },
  'GET /v1/notifications/templates': { as: 'ops', own: true },
  'PUT /v1/notifications/templates/{template}': {
    as: 'ops',
    own: true,
    chosen: { template: 'of-my-own' },
    body: { title: 'A title', content: 'A text' },
  },
  'DELETE /v1/notifications/templates/{template}': {
    as: 'ops',
    ids: { template: 'template' },
    refusal: ['NOTIFICATION_TEMPLATE_NOT_FOUND'],
  },
};

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
  let world: World = {};
  for (const make of makers) world = { ...world, ...(await make(tenant, world)) };
  const [score] = await cluster.db.query(
    `select event_id from events where tenant = $1 and type = 'LeaderboardUpdated'`,
    [name],
  );
  return [tenant, { ...world, deadLetter: await fileLetter(cluster, name), scoreEvent: String(score!['event_id']) }];
}
