/** Who may call what, written down a second time and by hand: `rights.int.test.ts` compares it with what the server does.
 *
 *  A new route is entered here: its method and path as the OpenAPI document shows them, and everybody who may call it —
 *  `everybody` (also without a token), `player`, `ops`, `admin`, or a scope of service keys. Name each one that is let in:
 *  an admin may what `ops` may, and a service key of scope `ops` too, so both stand where `ops` does. */
export const rights: Readonly<Record<string, readonly Role[]>> = {
  'GET /healthz': ['everybody'],
  'GET /readyz': ['everybody'],
  'GET /v1/audit': ['admin'],
  'GET /metrics': ['everybody'], // from this machine; tests/http/operations.int.test.ts has the rest

  'POST /v1/auth/device': ['everybody'],
  'POST /v1/auth/refresh': ['everybody'],
  'POST /v1/auth/logout': ['player'],

  'POST /v1/parties': ['player'],
  'GET /v1/parties/mine': ['player'],
  'GET /v1/parties/{party_id}': ['player'],
  'POST /v1/parties/{party_id}/invite': ['player'],
  'POST /v1/parties/{party_id}/join': ['player'],
  'POST /v1/parties/{party_id}/kick': ['player'],
  'POST /v1/parties/{party_id}/leave': ['player'],
  'GET /v1/devices': ['player'],
  'POST /v1/devices': ['player'],
  'DELETE /v1/devices/{device}': ['player'],
  'GET /v1/sessions': ['player'],
  'DELETE /v1/sessions/{session_id}': ['player'],

  'GET /v1/profile': ['player'],
  'PATCH /v1/profile': ['player'],

  'GET /v1/players/{player_id}/entitlements': ['ops', 'admin', 'scope:ops', 'scope:players:read'],
  'PUT /v1/players/{player_id}/entitlements': ['ops', 'admin', 'scope:ops'],
  'DELETE /v1/players/{player_id}/personal-data': ['player', 'admin'],

  'POST /v1/matchmaking/enqueue': ['player'],
  'GET /v1/matchmaking': ['player'],
  'GET /v1/matchmaking/{ticket}': ['player'],
  'DELETE /v1/matchmaking/{ticket}': ['player'],
  'POST /v1/matches/{match_id}/command': ['player'],
  'POST /v1/matches/{match_id}/result': ['scope:matches:write', 'scope:nakama'],
  'GET /v1/matches': ['player'],
  'GET /v1/matches/{match_id}': [
    'player',
    'ops',
    'admin',
    'scope:ops',
    'scope:matches:write',
    'scope:players:read',
    'scope:nakama',
  ],

  'POST /v1/seasons': ['admin'],
  'GET /v1/seasons': [
    'player',
    'ops',
    'admin',
    'scope:ops',
    'scope:scores:write',
    'scope:players:read',
    'scope:nakama',
  ],
  'POST /v1/seasons/{season}/close': ['admin'],
  'GET /v1/seasons/{season}/history': [
    'player',
    'ops',
    'admin',
    'scope:ops',
    'scope:scores:write',
    'scope:players:read',
    'scope:nakama',
  ],
  'GET /v1/leaderboards/{season}/scores/{player_id}': ['ops', 'admin', 'scope:ops'],
  'POST /v1/leaderboards/{season}/score': ['player', 'scope:scores:write'],
  'POST /v1/leaderboards/{season}/withdraw': ['ops', 'admin', 'scope:ops'],
  'GET /v1/leaderboards/{season}': [
    'player',
    'ops',
    'admin',
    'scope:ops',
    'scope:scores:write',
    'scope:players:read',
    'scope:nakama',
  ],
  'GET /v1/leaderboards/{season}/around/{player_id}': [
    'player',
    'ops',
    'admin',
    'scope:ops',
    'scope:scores:write',
    'scope:players:read',
    'scope:nakama',
  ],

  'GET /v1/products': [
    'player',
    'ops',
    'admin',
    'scope:ops',
    'scope:economy:write',
    'scope:players:read',
    'scope:nakama',
  ],
  'PUT /v1/products/{product_id}': ['admin'],
  'DELETE /v1/products/{product_id}': ['admin'],
  'POST /v1/purchases': ['player'],
  'GET /v1/purchases': ['player'],
  'GET /v1/purchases/{purchase_id}': ['player', 'ops', 'admin', 'scope:ops'],
  'POST /v1/purchases/{purchase_id}/refund': ['ops', 'admin', 'scope:ops'],
  'GET /v1/inventory': [
    'player',
    'ops',
    'admin',
    'scope:ops',
    'scope:economy:write',
    'scope:players:read',
    'scope:nakama',
  ],
  'GET /v1/inventory/entries': [
    'player',
    'ops',
    'admin',
    'scope:ops',
    'scope:economy:write',
    'scope:players:read',
    'scope:nakama',
  ],
  'POST /v1/inventory/entries': ['ops', 'admin', 'scope:ops', 'scope:economy:write'],

  'POST /v1/psp/webhook': ['everybody'], // whose secret signed it: tests/http/psp-webhook.int.test.ts

  'POST /v1/bot/webhook': ['everybody'], // whose secret names a bot: tests/http/bots.int.test.ts
  'POST /v1/bot/link-codes': ['player'],
  'GET /v1/bot/commands': ['ops', 'admin', 'scope:ops'],
  'POST /v1/bot/commands/{bot}/{update_id}/retry': ['ops', 'admin', 'scope:ops'],

  'GET /v1/dead-letters': ['ops', 'admin', 'scope:ops'],
  'GET /v1/dead-letters/{dead_letter_id}': ['ops', 'admin', 'scope:ops'],
  'POST /v1/dead-letters/{dead_letter_id}/retry': ['ops', 'admin', 'scope:ops'],
  'POST /v1/dead-letters/{dead_letter_id}/discard': ['ops', 'admin', 'scope:ops'],

  'POST /v1/notifications': ['ops', 'admin', 'scope:ops'],
  'GET /v1/notifications': ['player'],
  'POST /v1/notifications/read': ['player'],
  'POST /v1/notifications/{notification_id}/read': ['player'],
  'DELETE /v1/notifications/{notification_id}': ['player'],
  'GET /v1/notifications/preferences': ['player'],
  'PUT /v1/notifications/preferences': ['player'],
  'GET /v1/notifications/{notification_id}/sendings': ['ops', 'admin', 'scope:ops'],
  'POST /v1/notifications/{notification_id}/sendings/retry': ['ops', 'admin', 'scope:ops'],
  'GET /v1/notifications/templates': ['ops', 'admin', 'scope:ops'],
  'PUT /v1/notifications/templates/{template}': ['ops', 'admin', 'scope:ops'],
  'DELETE /v1/notifications/templates/{template}': ['ops', 'admin', 'scope:ops'],
};

/** Kinds of caller; the scopes are those of `npx sandai service-key create --help`. */
export const roles = [
  'player',
  'ops',
  'admin',
  'scope:metrics',
  'scope:ops',
  'scope:scores:write',
  'scope:matches:write',
  'scope:economy:write',
  'scope:players:read',
  'scope:nakama',
] as const;
export type Role = (typeof roles)[number] | 'everybody';
