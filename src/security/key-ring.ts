import { KeysError } from './errors.ts';
import { activeKey, type JwtKey, type Keys, type MasterKey } from './keys.ts';

/** The keys of a running process; `reload` brings in what an operator has rotated.
 *  @property generation grows with each reload, so that caches know when to check again */
export type KeyRing = {
  readonly keys: () => Keys;
  readonly generation: () => number;
  readonly signingKey: (nowMs: number) => JwtKey;
  readonly verifyingKey: (kid: string, nowMs: number) => JwtKey | undefined;
  readonly wrappingKey: (nowMs: number) => MasterKey;
  readonly masterKey: (id: string) => MasterKey | undefined;
  /** @throws KeysError when the new keys are wrong or do not continue the old ones; the old ones stay in use */
  readonly reload: () => void;
};

/** Opens a key ring.
 *  @param load reads the keys anew, for example `() => loadKeys(options).keys`; called now and at each reload
 *  @throws KeysError from `load` */
export function openKeyRing(load: () => Keys): KeyRing {
  let keys = load();
  let generation = 1;
  return {
    keys: () => keys,
    generation: () => generation,
    signingKey: (nowMs) => activeKey(keys.jwt, nowMs),
    verifyingKey: (kid, nowMs) => keys.jwt.find((key) => key.kid === kid && nowMs < key.usableUntil),
    wrappingKey: (nowMs) => activeKey(keys.master, nowMs),
    masterKey: (id) => keys.master.find((key) => key.id === id),
    reload() {
      const next = load();
      refuseBreaks(keys, next);
      keys = next;
      generation += 1;
    },
  };
}

function refuseBreaks(old: Keys, next: Keys): void {
  const problems: string[] = [];
  if (!old.pepper.equals(next.pepper)) problems.push('pepper has changed: every device would become a new player');
  for (const { id, key } of old.master) {
    const same = next.master.find((candidate) => candidate.id === id);
    if (!same?.key.equals(key)) problems.push(`master key ${id} is gone or changed: personal data would be unreadable`);
  }
  if (problems.length > 0) throw new KeysError(problems, 'The keys in use were kept. Put the old values back.');
}
