import { randomUUID } from 'node:crypto';
import { anyOf, at, nothing, type Operation, type Player } from './model.ts';

const newDevice = () => `bench-${randomUUID()}`;
const password = 'a long password';

export const newPlayer = (): Player => ({
  device: newDevice(),
  id: '',
  token: '',
  refresh: '',
  session: null,
  otherDevice: null,
  email: null,
  hasSocial: false,
  credential: null,
  ticket: null,
  match: null,
  commands: 0,
  scoreEvent: null,
  notification: null,
  group: null,
  ownGroup: null,
  party: null,
  invitedToParty: null,
  purchase: null,
  payment: null,
  linkCode: null,
});

type Tokens = { readonly player_id: string; readonly session_token: string; readonly refresh_token: string };
function keepTokens(tokens: Tokens, player: Player): void {
  player.id = tokens.player_id;
  player.token = tokens.session_token;
  player.refresh = tokens.refresh_token;
}
const signedOut = (_body: unknown, player: Player): void => {
  player.token = '';
};

export const signIn: Operation = {
  name: 'POST /v1/auth/device',
  weight: 3,
  as: 'nobody',
  ask: ({ device }) => ({ body: { device_id: device } }),
  learn: keepTokens,
};

/** Signing in and out, and with what. */
export const accounts: readonly Operation[] = [
  signIn,
  {
    name: 'POST /v1/auth/refresh',
    weight: 2,
    as: 'nobody',
    ask: ({ refresh }) => ({ body: { refresh_token: refresh } }),
    learn: keepTokens,
  },
  { name: 'POST /v1/auth/logout', weight: 0.5, learn: signedOut },
  {
    name: 'GET /v1/sessions',
    weight: 1,
    learn({ items }: { items: { id: string; current: boolean }[] }, player) {
      player.session = items.find(({ current }) => !current)?.id ?? null;
    },
  },
  {
    name: 'DELETE /v1/sessions/{session_id}',
    weight: 0.5,
    ask: ({ session }) => at({ session_id: session }),
    learn(_body, player) {
      player.session = null;
    },
    refusals: {
      SESSION_NOT_FOUND(player) {
        player.session = null;
      },
    },
  },
  { name: 'GET /v1/devices', weight: 1 },
  {
    name: 'POST /v1/devices',
    weight: 0.5,
    ask: ({ otherDevice }) => (otherDevice === null ? { body: { device_id: newDevice() } } : null),
    learn({ id }: { id: string }, player) {
      player.otherDevice = id;
    },
  },
  {
    name: 'DELETE /v1/devices/{device}',
    weight: 0.4,
    ask: ({ otherDevice }) => at({ device: otherDevice }),
    learn(_body, player) {
      player.otherDevice = null;
    },
  },
  {
    name: 'GET /v1/credentials',
    weight: 2,
    learn({ items }: { items: { id: string }[] }, player) {
      player.credential = anyOf(items)?.id ?? null;
    },
  },
  {
    name: 'DELETE /v1/credentials/{credential}',
    weight: 2,
    ask: ({ credential }) => at({ credential }),
    learn(_body, player) {
      Object.assign(player, { credential: null, email: null, hasSocial: false });
    },
    refusals: {
      CREDENTIAL_NOT_FOUND(player) {
        player.credential = null;
      },
    },
  },
  {
    name: 'POST /v1/auth/email',
    weight: 0.4,
    as: ({ email }) => (email === null ? 'player' : 'nobody'),
    ask(player) {
      if (player.email !== null && !player.email.verified) return null;
      const create = player.email === null;
      player.email ??= { address: `${randomUUID()}@bench.example`, verified: false };
      return { body: { email: player.email.address, password, create } };
    },
    learn: keepTokens,
  },
  {
    name: 'POST /v1/auth/email/verification',
    weight: 0.4,
    as: 'nobody',
    ask: ({ email }) => (email === null || email.verified ? null : { body: { email: email.address } }),
  },
  {
    name: 'POST /v1/auth/email/verify',
    weight: 2,
    ask({ email }, { codes }) {
      const code = codes.get(`Verify ${email?.address}`);
      return email === null || email.verified || code === undefined ? null : { body: { code } };
    },
    learn(_body, { email }) {
      if (email !== null) email.verified = true;
    },
    refusals: { EMAIL_CODE_INVALID: nothing },
  },
  {
    name: 'POST /v1/auth/email/reset',
    weight: 1.5,
    as: 'nobody',
    ask: ({ email }) => (email?.verified ? { body: { email: email.address } } : null),
  },
  {
    name: 'POST /v1/auth/email/password',
    weight: 3,
    as: 'nobody',
    ask({ email }, { codes }) {
      const code = codes.get(`Set ${email?.address}`);
      codes.delete(`Set ${email?.address}`);
      return code === undefined ? null : { body: { code, password } };
    },
    learn: signedOut,
    refusals: { EMAIL_CODE_INVALID: nothing },
  },
  {
    name: 'POST /v1/auth/social',
    weight: 0.8,
    as: ({ hasSocial }) => (hasSocial ? 'nobody' : 'player'),
    ask: ({ id }, { idToken }) => ({ body: { provider: 'bench', token: idToken(id) } }),
    learn(tokens: Tokens, player) {
      keepTokens(tokens, player);
      player.hasSocial = true;
    },
  },
  { name: 'GET /v1/profile', weight: 10 },
  {
    name: 'PATCH /v1/profile',
    weight: 2,
    ask: ({ id }) => ({ body: { display_name: `Player ${id.slice(0, 8)}` } }),
  },
  {
    name: 'DELETE /v1/players/{player_id}/personal-data',
    weight: 0.3,
    ask: ({ id }) => at({ player_id: id }),
    learn: (_body, player) => void Object.assign(player, newPlayer()),
  },
  {
    name: 'GET /v1/players/{player_id}/entitlements',
    weight: 0.5,
    as: 'ops',
    ask: ({ id }) => at({ player_id: id }),
    refusals: { PLAYER_NOT_FOUND: nothing }, // who came a moment ago
  },
  {
    name: 'PUT /v1/players/{player_id}/entitlements',
    weight: 0.5,
    as: 'ops',
    ask: ({ id }) => at({ player_id: id }, { body: { entitlements: [{ tier: 'gold' }] } }),
  },
];
