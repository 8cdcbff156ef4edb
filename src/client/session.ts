import type { paths } from './openapi.ts';

/** What a sign-in leaves behind: keep it where it survives the program, and give it to the next client.
 *  @property expiresAt  of the session token, milliseconds since 1970
 *  @property refreshKey idempotency key of the next refresh: a refresh whose answer was lost is repeated with it, also by the
 *    next start of the program */
export type Session = {
  readonly playerId: string;
  readonly sessionToken: string;
  readonly refreshToken: string;
  readonly nakamaToken: string;
  readonly expiresAt: number;
  readonly refreshKey: string;
};

export type Tokens = paths['/v1/auth/refresh']['post']['responses'][200]['content']['application/json'];

/** Random, where `crypto.randomUUID` is missing too: pages without TLS have none. */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export const sessionOf = (tokens: Tokens): Session => ({
  playerId: tokens.player_id,
  sessionToken: tokens.session_token,
  refreshToken: tokens.refresh_token,
  nakamaToken: tokens.nakama_token,
  expiresAt: Date.now() + tokens.expires_in * 1000,
  refreshKey: newKey(),
});

/** @property refresh sends the refresh token, with the session's refresh key
 *  @property save   is waited for, so that no token is used before it is kept; null = signed out */
export type SessionKeeping = {
  readonly initial: Session | null;
  readonly refresh: (session: Session) => Promise<Tokens>;
  readonly isOver: (error: unknown) => boolean;
  readonly save: (session: Session | null) => unknown;
};

/** The client's session, refreshed once however many calls want it. */
export class SessionKeeper {
  #session: Session | null;
  #refreshing: Promise<Session> | null = null;
  readonly #keeping: SessionKeeping;
  constructor(keeping: SessionKeeping) {
    this.#keeping = keeping;
    this.#session = keeping.initial;
  }
  get current(): Session | null {
    return this.#session;
  }
  async adopt(session: Session | null): Promise<void> {
    this.#session = session;
    await this.#keeping.save(session);
  }
  /** A session other than the one that does not count any more; the same promise for all who ask meanwhile. */
  async renewed(stale: Session): Promise<Session> {
    if (this.#session !== null && this.#session.sessionToken !== stale.sessionToken) return this.#session;
    this.#refreshing ??= this.#renew(stale).finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }
  async #renew(stale: Session): Promise<Session> {
    try {
      const session = sessionOf(await this.#keeping.refresh(stale));
      await this.adopt(session);
      return session;
    } catch (error) {
      if (this.#keeping.isOver(error)) await this.adopt(null);
      throw error;
    }
  }
}
