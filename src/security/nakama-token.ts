import { createSigner } from 'fast-jwt';
import { validate as isUuid, NIL, v4 as randomUuid } from 'uuid';
import type { PlayerId } from '../events/ids.ts';
import type { KeyRing } from './key-ring.ts';

/** Who a Nakama session is for.
 *  @property username Nakama's user name
 *  @property vars     session variables; left out of the token when empty
 *  @property ttlS     life in seconds
 *  @property nowMs    ms since 1970 */
export type NakamaGrant = {
  readonly playerId: PlayerId;
  readonly username: string;
  readonly vars?: Readonly<Record<string, string>>;
  readonly ttlS: number;
  readonly nowMs: number;
};

/** Makes session tokens that Nakama accepts as its own: HS256, claims `tid`, `uid`, `usn`, `vrs`, `exp`, `iat`.
 *  @returns a function that
 *  @throws TypeError when the player id is not a UUID or is the nil one: Nakama would take it for its system user */
export function createNakamaTokenIssuer(ring: KeyRing): (grant: NakamaGrant) => string {
  let current: { key: object; sign: (claims: object) => string } | undefined;
  return ({ playerId, username, vars = {}, ttlS, nowMs }) => {
    if (!isUuid(playerId) || playerId === NIL)
      throw new TypeError('a Nakama session needs a player id that is a UUID, not nil');
    const key = ring.keys().nakamaSession;
    if (current?.key !== key) current = { key, sign: createSigner({ algorithm: 'HS256', key: key.export() }) };
    const iat = Math.floor(nowMs / 1000);
    return current.sign({
      tid: randomUuid(),
      uid: playerId,
      usn: username,
      ...(Object.keys(vars).length > 0 && { vrs: vars }),
      exp: iat + ttlS,
      iat,
    });
  };
}
