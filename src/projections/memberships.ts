import type { GroupEvent } from '../events/group.ts';
import type { GroupId, PartyId, PlayerId, TenantId } from '../events/ids.ts';
import type { PartyEvent } from '../events/party.ts';
import { defineProjection } from './define.ts';
import { change, type Value } from './table.ts';

/** One row per player and circle: what the player is to a group, and whether an invitation to a group or party is open; all NULL = nothing
 *  any more. Times in µs since 1970. Who is in a party is read from streams (`findPartyOf`), so those rows have no `since`. */
export const membershipsTable = {
  name: 'memberships',
  key: ['tenant', 'player_id', 'kind', 'circle_id'],
  columns: {
    tenant: 'text',
    player_id: 'uuid',
    kind: 'text',
    circle_id: 'uuid',
    role: 'text',
    since: 'bigint',
    requested_at: 'bigint',
    invited_by: 'uuid',
    invited_until: 'bigint',
  },
  indexes: [
    { name: 'member', columns: ['tenant', 'player_id', 'since', 'circle_id'], where: 'since IS NOT NULL' },
    {
      name: 'invited',
      columns: ['tenant', 'player_id', 'invited_until', 'kind', 'circle_id'],
      where: 'invited_until IS NOT NULL',
    },
  ],
} as const;

/** One row per group, and per party that has ended: an invitation counts only while what it is to has not ended. */
export const circlesTable = {
  name: 'membership_circles',
  key: ['tenant', 'kind', 'circle_id'],
  columns: { tenant: 'text', kind: 'text', circle_id: 'uuid', name: 'text', ended_at: 'bigint' },
} as const;

type Row = Partial<Record<keyof typeof membershipsTable.columns, Value>>;
type Placed<Data> = { readonly tenant: TenantId; readonly version: bigint; readonly data: Data };
type OfGroup = Placed<{ readonly groupId: GroupId; readonly playerId: PlayerId }>;
type OfParty = Placed<{ readonly partyId: PartyId; readonly playerId: PlayerId }>;

const inGroup = ({ tenant, version, data }: OfGroup, row: Row) => [
  change(membershipsTable, version, {
    tenant,
    player_id: data.playerId,
    kind: 'group',
    circle_id: data.groupId,
    ...row,
  }),
];
const inParty = ({ tenant, version, data }: OfParty, row: Row) => [
  change(membershipsTable, version, {
    tenant,
    player_id: data.playerId,
    kind: 'party',
    circle_id: data.partyId,
    ...row,
  }),
];

const notInvited = { invited_by: null, invited_until: null };
const notWaiting = { ...notInvited, requested_at: null };
const nothing = { ...notWaiting, role: null, since: null };
const invited = ({ invitedBy, expiresAt }: { readonly invitedBy: PlayerId; readonly expiresAt: string }) => ({
  invited_by: invitedBy,
  invited_until: BigInt(Date.parse(expiresAt)) * 1000n,
});

/** Which groups a player is in, and which groups and parties have asked the player to join. */
export const memberships = defineProjection<GroupEvent | PartyEvent>({
  name: 'memberships',
  about: 'Which groups a player is in or asks to join, and which groups and parties the player is invited to.',
  version: 1,
  tables: [membershipsTable, circlesTable],
  on: {
    GroupCreated: ({ tenant, version, recordedAt, data: { groupId, creatorId, name } }) => [
      ...inGroup(
        { tenant, version, data: { groupId, playerId: creatorId } },
        { ...notWaiting, role: 'superadmin', since: recordedAt },
      ),
      change(circlesTable, version, { tenant, kind: 'group', circle_id: groupId, name, ended_at: null }),
    ],
    GroupJoinRequested: (event) => inGroup(event, { requested_at: event.recordedAt }),
    GroupJoinDeclined: (event) => inGroup(event, notWaiting),
    GroupMemberInvited: (event) => inGroup(event, { ...invited(event.data), requested_at: null }),
    GroupMemberJoined: (event) => inGroup(event, { ...notWaiting, role: 'member', since: event.recordedAt }),
    GroupRoleChanged: (event) => inGroup(event, { role: event.data.role }),
    GroupMemberLeft: (event) => inGroup(event, nothing),
    GroupMemberKicked: (event) => inGroup(event, nothing),
    GroupWaitingVoided: (event) => inGroup(event, notWaiting),
    GroupDissolved: ({ tenant, version, recordedAt, data }) => [
      change(circlesTable, version, { tenant, kind: 'group', circle_id: data.groupId, ended_at: recordedAt }),
    ],
    PartyMemberInvited: (event) => inParty(event, invited(event.data)),
    PartyMemberJoined: (event) => inParty(event, notInvited),
    PartyMemberKicked: (event) => inParty(event, notInvited),
    PartyDissolved: ({ tenant, version, recordedAt, data }) => [
      change(circlesTable, version, { tenant, kind: 'party', circle_id: data.partyId, ended_at: recordedAt }),
    ],
    GroupDescribed: 'ignored',
    GroupTierChanged: 'ignored',
    PartyCreated: 'ignored',
    PartyMemberLeft: 'ignored',
    PartyLeaderChanged: 'ignored',
  },
});
