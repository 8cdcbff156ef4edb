import type { DeviceHash, PlayerId, SessionId } from '../events/ids.ts';
import type { SignInMethod } from '../events/player.ts';
import type { SessionEvent } from '../events/session.ts';
import { accept, type Decider, reject } from './decider.ts';

/** A sign-in with its family of refresh tokens: one is current, the others have been used.
 *  @property refreshExpiresAt, familyExpiresAt milliseconds since 1970 */
export type Session =
  | { readonly phase: 'absent' }
  | {
      readonly phase: 'live' | 'revoked';
      readonly playerId: PlayerId;
      readonly refreshHash: string;
      readonly used: readonly string[];
      readonly refreshExpiresAt: number;
      readonly familyExpiresAt: number;
    };

type Expiry = { readonly refreshExpiresAt: string };

export type StartSession = Expiry & {
  readonly type: 'StartSession';
  readonly sessionId: SessionId;
  readonly playerId: PlayerId;
  readonly method: SignInMethod;
  readonly deviceHash: DeviceHash | null;
  readonly client: string | null;
  readonly refreshHash: string;
  readonly familyExpiresAt: string;
};
/** @property now milliseconds since 1970; @property tokensExpireAt when the last session token issued so far has expired */
export type RefreshSession = Expiry & {
  readonly type: 'RefreshSession';
  readonly sessionId: SessionId;
  readonly presentedHash: string;
  readonly refreshHash: string;
  readonly tokensExpireAt: string;
  readonly now: number;
};
type RevocationReason = Exclude<
  Extract<SessionEvent, { type: 'SessionRevoked' }>['data']['reason'],
  'refresh_token_reused'
>;
export type RevokeSession = {
  readonly type: 'RevokeSession';
  readonly sessionId: SessionId;
  readonly tokensExpireAt: string;
  /** `logout` when left out. */
  readonly reason?: RevocationReason;
  /** The session must be this player's; left out = whoever's. */
  readonly playerId?: PlayerId;
};

export type SessionRejection = 'REFRESH_TOKEN_INVALID' | 'REFRESH_TOKEN_REUSED' | 'SESSION_NOT_FOUND';

export const session: Decider<Session, StartSession | RefreshSession | RevokeSession, SessionEvent, SessionRejection> =
  {
    initial: { phase: 'absent' },

    evolve(state, event) {
      if (event.type === 'PlayerAuthenticated') {
        const { playerId, refreshHash, refreshExpiresAt, familyExpiresAt } = event.data;
        return {
          phase: 'live',
          playerId,
          refreshHash,
          used: [],
          refreshExpiresAt: Date.parse(refreshExpiresAt),
          familyExpiresAt: Date.parse(familyExpiresAt),
        };
      }
      if (state.phase === 'absent') return state;
      if (event.type === 'SessionRevoked') return { ...state, phase: 'revoked' };
      const { refreshHash, refreshExpiresAt } = event.data;
      return {
        ...state,
        refreshHash,
        used: [...state.used, state.refreshHash],
        refreshExpiresAt: Date.parse(refreshExpiresAt),
      };
    },

    decide(command, state) {
      switch (command.type) {
        case 'StartSession': {
          const { type: _, ...data } = command;
          return state.phase === 'absent' ? accept({ type: 'PlayerAuthenticated', data }) : accept();
        }
        case 'RevokeSession':
          if (state.phase === 'absent' || (command.playerId ?? state.playerId) !== state.playerId)
            return reject('SESSION_NOT_FOUND');
          if (state.phase === 'revoked') return accept();
          return accept(revoked(command.sessionId, state.playerId, command.reason ?? 'logout', command.tokensExpireAt));
        case 'RefreshSession':
          return refresh(command, state);
      }
    },
  };

function refresh(command: RefreshSession, state: Session) {
  const { sessionId, presentedHash, refreshHash, now } = command;
  if (state.phase !== 'live') return reject('REFRESH_TOKEN_INVALID');
  if (state.used.includes(presentedHash))
    return reject(
      'REFRESH_TOKEN_REUSED',
      revoked(sessionId, state.playerId, 'refresh_token_reused', command.tokensExpireAt),
    );
  if (presentedHash !== state.refreshHash) return reject('REFRESH_TOKEN_INVALID');
  if (now >= state.refreshExpiresAt || now >= state.familyExpiresAt) return reject('REFRESH_TOKEN_INVALID');
  const refreshExpiresAt = new Date(
    Math.min(Date.parse(command.refreshExpiresAt), state.familyExpiresAt),
  ).toISOString();
  return accept({
    type: 'SessionRefreshed' as const,
    data: { sessionId, playerId: state.playerId, refreshHash, refreshExpiresAt },
  });
}

const revoked = (
  sessionId: SessionId,
  playerId: PlayerId,
  reason: RevocationReason | 'refresh_token_reused',
  tokensExpireAt: string,
) => ({ type: 'SessionRevoked' as const, data: { sessionId, playerId, reason, tokensExpireAt } });
