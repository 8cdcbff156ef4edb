import { describe, expect, test } from 'vitest';
import { session } from '../../src/aggregates/session.ts';
import type { SessionEvent } from '../../src/events/session.ts';
import { alice, at, iso, phone, visit } from './examples.ts';
import { fold, specification } from './specification.ts';

const given = specification(session);
const ids = { sessionId: visit, playerId: alice };
const data = {
  ...ids,
  method: 'device',
  deviceHash: phone,
  client: 'pd1.client',
  refreshHash: 'first',
  refreshExpiresAt: iso('10:00'),
  familyExpiresAt: iso('12:00'),
} as const;
const start = { type: 'StartSession', ...data } as const;
const started: SessionEvent = { type: 'PlayerAuthenticated', data };
const tokensExpireAt = iso('11:00');
const refresh = (presentedHash: string, refreshHash: string, time = '09:00', expires = '11:00') =>
  ({
    type: 'RefreshSession',
    sessionId: visit,
    presentedHash,
    refreshHash,
    refreshExpiresAt: iso(expires),
    tokensExpireAt,
    now: at(time),
  }) as const;
const refreshed = (refreshHash: string, expires = '11:00'): SessionEvent => ({
  type: 'SessionRefreshed',
  data: { ...ids, refreshHash, refreshExpiresAt: iso(expires) },
});
const revoke = { type: 'RevokeSession', sessionId: visit, tokensExpireAt } as const;
const revoked = (reason: 'erasure' | 'logout' | 'refresh_token_reused'): SessionEvent => ({
  type: 'SessionRevoked',
  data: { ...ids, reason, tokensExpireAt },
});

describe('signing in', () => {
  test('starts a session', () => given().when(start).then(started));
  test('starts none when it is there', () => given(started, refreshed('second')).when(start).thenNothing());
});

describe('a refresh token', () => {
  test('is exchanged for the next one, once', () =>
    given(started).when(refresh('first', 'second')).thenOnce('REFRESH_TOKEN_REUSED', refreshed('second')));

  test('that was exchanged is followed by the new one', () =>
    given(started, refreshed('second'))
      .when(refresh('second', 'third'))
      .thenOnce('REFRESH_TOKEN_REUSED', refreshed('third')));

  test.each(['first', 'second'])('used a second time (%s) ends the session', (old) =>
    given(started, refreshed('second'), refreshed('third'))
      .when(refresh(old, 'fourth'))
      .thenRejects('REFRESH_TOKEN_REUSED', revoked('refresh_token_reused')),
  );

  test('used a second time ends the session also when it has expired', () =>
    given(started, refreshed('second'))
      .when(refresh('first', 'third', '13:00'))
      .thenRejects('REFRESH_TOKEN_REUSED', revoked('refresh_token_reused')));

  test('nobody was given is refused', () =>
    given(started).when(refresh('guessed', 'second')).thenRejects('REFRESH_TOKEN_INVALID'));

  test('works until just before it expires', () =>
    given(started)
      .when(refresh('first', 'second', '09:59'))
      .thenOnce('REFRESH_TOKEN_REUSED', refreshed('second')));

  test('is refused when it has expired', () =>
    given(started)
      .when(refresh('first', 'second', '10:00'))
      .thenRejects('REFRESH_TOKEN_INVALID'));

  test('never lives longer than its family', () =>
    given(started)
      .when(refresh('first', 'second', '09:00', '23:00'))
      .thenOnce('REFRESH_TOKEN_REUSED', refreshed('second', '12:00')));

  test('is refused when its family has expired, whatever its own expiry', () =>
    given(started, refreshed('second', '23:00'))
      .when(refresh('second', 'third', '12:00'))
      .thenRejects('REFRESH_TOKEN_INVALID'));

  test('of an ended session is refused, used or not', () => {
    const ended = given(started, refreshed('second'), revoked('logout'));
    ended.when(refresh('second', 'third')).thenRejects('REFRESH_TOKEN_INVALID');
    ended.when(refresh('first', 'third')).thenRejects('REFRESH_TOKEN_INVALID');
  });

  test('of no session is refused', () => given().when(refresh('first', 'second')).thenRejects('REFRESH_TOKEN_INVALID'));
});

describe('logging out', () => {
  test('ends the session', () => given(started).when(revoke).then(revoked('logout')));
  test('ends the session of a player who is erased', () =>
    given(started)
      .when({ ...revoke, reason: 'erasure' })
      .then(revoked('erasure')));
  test('ends a refreshed session', () => given(started, refreshed('second')).when(revoke).then(revoked('logout')));
  test('changes nothing when it has ended', () =>
    given(started, revoked('refresh_token_reused')).when(revoke).thenNothing());
  test('is refused when there is no session', () => given().when(revoke).thenRejects('SESSION_NOT_FOUND'));
});

test('what belongs to no session is passed over', () => {
  expect(fold(session, [revoked('logout'), refreshed('second')])).toEqual({ phase: 'absent' });
});
