import type { PushSender } from '../ports/push.ts';
import { postJson } from './http-post.ts';

/** Hands notifications to a service that knows the players' devices: one POST each, with an Idempotency-Key.
 *  @param token sent as a Bearer token; undefined = none */
export const pushGateway = (url: string, token: string | undefined): PushSender => ({
  async push({ tenant, playerId, title, content, expiresAt, key }) {
    const body = { tenant, player_id: playerId, title, content, expires_at: expiresAt };
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    await postJson(url, body, { headers: { 'idempotency-key': key, ...authorization } });
    return 'gateway';
  },
});
