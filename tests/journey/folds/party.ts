import type { Stored } from '../log.ts';

export type PartyFold = { leader: string; members: string[] };

/** Parties by their id, with their members, the longest first. Whoever has been there the longest leads. */
export function foldParties(log: readonly Stored[]): Map<string, PartyFold> {
  const members = new Map<string, string[]>();
  for (const { type, data } of log) {
    const before = members.get(data.partyId) ?? [];
    if (type === 'PartyCreated') members.set(data.partyId, [data.leaderId]);
    if (type === 'PartyMemberJoined') members.set(data.partyId, [...before, data.playerId]);
    if (type === 'PartyMemberLeft' || type === 'PartyMemberKicked')
      members.set(
        data.partyId,
        before.filter((id) => id !== data.playerId),
      );
  }
  return new Map([...members].map(([id, all]) => [id, { leader: all[0] ?? '', members: all }]));
}
