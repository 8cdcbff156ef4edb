import type { PlayerEvent, SignInMethod } from '../events/player.ts';

/** Something that a player signs in with. @property credential the hash in the name of its stream */
export type Credential = { readonly method: SignInMethod; readonly credential: string };

/** What a player signs in with. @property first whether the device that made the account still does; it is not in `linked` */
export type Credentials = { readonly first: boolean; readonly linked: readonly Credential[] };

const isSame = (one: Credential, other: Credential): boolean =>
  one.method === other.method && one.credential === other.credential;

export const has = ({ linked }: Credentials, wanted: Credential): boolean =>
  linked.some((each) => isSame(each, wanted));
export const countOf = ({ first, linked }: Credentials): number => linked.length + (first ? 1 : 0);

export function evolveCredentials(
  known: Credentials,
  { type, data: { method, credential } }: Extract<PlayerEvent, { type: 'CredentialLinked' | 'CredentialUnlinked' }>,
): Credentials {
  if (type === 'CredentialLinked') return { ...known, linked: [...known.linked, { method, credential }] };
  const linked = known.linked.filter((each) => !isSame(each, { method, credential }));
  return linked.length < known.linked.length ? { ...known, linked } : { first: false, linked };
}
