import type { PlayerId, TenantId } from '../events/ids.ts';
import type { ProfileRow } from '../projections/profiles.ts';
import type { Dependencies } from './dependencies.ts';

/** Names in clear of some profiles; players without a name, and those whose data was erased, are missing. */
export async function displayNames(
  { personalData }: Pick<Dependencies, 'personalData'>,
  tenant: TenantId,
  profiles: ReadonlyMap<PlayerId, ProfileRow>,
): Promise<ReadonlyMap<PlayerId, string>> {
  const named = [...profiles.values()].filter((profile) => profile.displayName !== null);
  const names = await personalData.decryptMany(
    named.map(({ playerId, displayName }) => ({ tenant, playerId, field: 'display_name', ciphertext: displayName })),
  );
  return new Map(named.flatMap(({ playerId }, index) => (names[index] ? [[playerId, names[index]] as const] : [])));
}
