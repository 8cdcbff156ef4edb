import { z } from 'zod';
import { define, type EventDefinition, type EventsOf } from './definition.ts';
import { groupIdField, instantField, playerIdField } from './fields.ts';
import { type GroupId, type PlayerId, streamId, type TenantId } from './ids.ts';

/** Roles in a group, the lowest first. */
export const groupRoles = ['member', 'admin', 'superadmin'] as const;
export type GroupRole = (typeof groupRoles)[number];
export const visibilityField = z.enum(['public', 'private']);
/** `public` = everybody may join; `private` = who is invited, or whose request is accepted. */
export type Visibility = z.infer<typeof visibilityField>;

const member = { groupId: groupIdField, playerId: playerIdField };
/** How many members there are then. */
const members = z.int().min(0);

const told = (groupId: GroupId, payload: Readonly<Record<string, string | number | boolean | null>>) => ({
  aggregateType: 'group',
  aggregateId: groupId,
  payload: { group_id: groupId, ...payload },
});
const toldOfMember = (data: { groupId: GroupId; playerId: PlayerId; members: number }) =>
  told(data.groupId, { player_id: data.playerId, members: data.members });

/** Stream `group-<tenant>_<group>`: players who belong together. Names and descriptions are for everybody to see. */
export const groupEvents = {
  /** Who makes it is its first superadmin. */
  GroupCreated: define({
    version: 1,
    schema: z.object({
      groupId: groupIdField,
      creatorId: playerIdField,
      name: z.string().min(1),
      description: z.string(),
      visibility: visibilityField,
    }),
    message: ({ groupId, creatorId, name, visibility }) => told(groupId, { creator_id: creatorId, name, visibility }),
  }),
  GroupDescribed: define({ version: 1, schema: z.object({ groupId: groupIdField, description: z.string() }) }),
  GroupTierChanged: define({
    version: 1,
    schema: z.object({ groupId: groupIdField, tier: z.string().min(1) }),
    message: ({ groupId, tier }) => told(groupId, { tier }),
  }),
  GroupJoinRequested: define({ version: 1, schema: z.object(member) }),
  GroupJoinDeclined: define({ version: 1, schema: z.object({ ...member, declinedBy: playerIdField }) }),
  GroupMemberInvited: define({
    version: 1,
    schema: z.object({ ...member, invitedBy: playerIdField, expiresAt: instantField }),
  }),
  GroupMemberJoined: define({ version: 1, schema: z.object({ ...member, members }), message: toldOfMember }),
  GroupMemberLeft: define({ version: 1, schema: z.object({ ...member, members }), message: toldOfMember }),
  /** Sent away; a banned player comes back only when invited. */
  GroupMemberKicked: define({
    version: 1,
    schema: z.object({ ...member, members, kickedBy: playerIdField, banned: z.boolean() }),
    message: toldOfMember,
  }),
  GroupRoleChanged: define({
    version: 1,
    schema: z.object({ ...member, role: z.enum(groupRoles), changedBy: playerIdField }),
    message: ({ groupId, playerId, role }) => told(groupId, { player_id: playerId, role }),
  }),
  /** The account of the player is erased: a request and an invitation count no more. */
  GroupWaitingVoided: define({ version: 1, schema: z.object(member) }),
  /** The last member left; the name is free again. */
  GroupDissolved: define({
    version: 1,
    schema: z.object({ groupId: groupIdField }),
    message: ({ groupId }) => told(groupId, {}),
  }),
} satisfies Record<string, EventDefinition>;

export type GroupEvent = EventsOf<typeof groupEvents>;

/** Stream `groupname-<tenant>_<name>`: which group has a name. */
export const groupNameEvents = {
  GroupNameTaken: define({ version: 1, schema: z.object({ groupId: groupIdField }) }),
  GroupNameReleased: define({ version: 1, schema: z.object({ groupId: groupIdField }) }),
} satisfies Record<string, EventDefinition>;

export type GroupNameEvent = EventsOf<typeof groupNameEvents>;

/** What names are compared and found by: without case, kinds of letters, characters that nobody sees, and extra spaces. */
export const groupNameKey = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();

export const groupStream = (tenant: TenantId, group: GroupId) => streamId('group', tenant, group);
/** @param name as it was chosen */
export const groupNameStream = (tenant: TenantId, name: string) => streamId('groupname', tenant, groupNameKey(name));
