import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { SessionId } from '../events/ids.ts';
import { randomBytes } from './random.ts';

/** A refresh token: `<session id>.<32 random bytes, base64url>`. The session id leads to the session's stream; it is
 *  found there by the hash, never by the text. */
export const newRefreshToken = (sessionId: SessionId): string =>
  `${sessionId}.${randomBytes(32).toString('base64url')}`;

const form = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.[A-Za-z0-9_-]{43}$/;

/** Session that a refresh token names, or null when the text has another form. Proves nothing: compare the hash. */
export const parseRefreshToken = (text: string): { sessionId: SessionId } | null => {
  const match = form.exec(text);
  return match ? { sessionId: match[1] as SessionId } : null;
};

/** What is stored of a refresh token: HMAC-SHA256 with the refresh key, base64url, 43 characters. */
export const hashRefreshToken = (refreshKey: KeyObject, token: string): string =>
  createHmac('sha256', refreshKey).update(token).digest('base64url');

/** Whether a token has this stored hash; the time it takes says nothing about either. */
export const isRefreshToken = (refreshKey: KeyObject, token: string, storedHash: string): boolean => {
  const actual = Buffer.from(hashRefreshToken(refreshKey, token));
  const expected = Buffer.from(storedHash);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
};
