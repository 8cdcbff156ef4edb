import { z } from 'zod';
import { type GroupEvent, groupNameKey, type Visibility, visibilityField } from '../events/group.ts';
import type { GroupId, TenantId } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { defineProjection } from './define.ts';
import { change, physicalName } from './table.ts';

/** One row per group; `place` orders groups by name and is the key of a page. NULL name = dissolved. */
const groupsTable = {
  name: 'groups',
  key: ['tenant', 'group_id'],
  columns: {
    tenant: 'text',
    group_id: 'uuid',
    place: 'text',
    name: 'text',
    description: 'text',
    visibility: 'text',
    tier: 'text',
    members: 'int',
  },
  indexes: [{ name: 'place', columns: ['tenant', 'place', 'group_id'], where: 'name IS NOT NULL' }],
} as const;

/** One row for each place in a group's name where a search may begin to match; a name never changes. */
const searchTable = {
  name: 'group_search',
  key: ['tenant', 'suffix', 'group_id'],
  columns: { tenant: 'text', suffix: 'text', group_id: 'uuid' },
} as const;

/** Two hexadecimal digits for each byte, without the last one's case or any collation: in every database such texts are ordered like
 *  their bytes, so that what begins with a text is a range of an index. */
export const searchKey = (text: string): string =>
  [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Keys of all that a name ends with, the whole name first. */
export const suffixesOf = (name: string): readonly string[] => {
  const characters = [...groupNameKey(name)];
  return characters.map((_, from) => searchKey(characters.slice(from).join('')));
};

const counted = ({
  tenant,
  version,
  data,
}: {
  tenant: TenantId;
  version: bigint;
  data: { groupId: GroupId; members: number };
}) => [change(groupsTable, version, { tenant, group_id: data.groupId, members: data.members })];

/** Groups, to be listed and searched. */
export const groups = defineProjection<GroupEvent>({
  name: 'groups',
  about: 'Groups and their members, to be listed and searched.',
  version: 1,
  tables: [groupsTable, searchTable],
  on: {
    GroupCreated: ({ tenant, version, data }) => [
      change(groupsTable, version, {
        tenant,
        group_id: data.groupId,
        place: searchKey(groupNameKey(data.name)),
        name: data.name,
        description: data.description,
        visibility: data.visibility,
        tier: null,
        members: 1,
      }),
      ...suffixesOf(data.name).map((suffix) =>
        change(searchTable, version, { tenant, suffix, group_id: data.groupId }),
      ),
    ],
    GroupDescribed: ({ tenant, version, data }) => [
      change(groupsTable, version, { tenant, group_id: data.groupId, description: data.description }),
    ],
    GroupTierChanged: ({ tenant, version, data }) => [
      change(groupsTable, version, { tenant, group_id: data.groupId, tier: data.tier }),
    ],
    GroupMemberJoined: counted,
    GroupMemberLeft: counted,
    GroupMemberKicked: counted,
    GroupDissolved: ({ tenant, version, data }) => [
      change(groupsTable, version, { tenant, group_id: data.groupId, name: null, members: 0 }),
    ],
    // who is in a group, or asks to be, is read from its stream
    GroupJoinRequested: 'ignored',
    GroupJoinDeclined: 'ignored',
    GroupMemberInvited: 'ignored',
    GroupRoleChanged: 'ignored',
    GroupWaitingVoided: 'ignored',
  },
});

const groupRow = z
  .object({
    group_id: z.string(),
    place: z.string(),
    name: z.string(),
    description: z.string(),
    visibility: visibilityField,
    tier: z.string().nullable(),
    members: z.coerce.number(),
  })
  .transform(({ group_id, ...row }) => ({ groupId: group_id as GroupId, ...row }));

/** A group as the read model knows it. */
export type GroupRow = {
  readonly groupId: GroupId;
  readonly place: string;
  readonly name: string;
  readonly description: string;
  readonly visibility: Visibility;
  readonly tier: string | null;
  readonly members: number;
};

const columns = 'group_id::text AS group_id, place, name, description, visibility, tier, members';
const first = '00000000-0000-0000-0000-000000000000';

/** Groups of a tenant whose name contains a text, by name.
 *  @param query as it was typed; without one all groups */
export async function listGroups(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  query: string,
  page: { readonly after: { readonly place: string; readonly groupId: GroupId } | null; readonly limit: number },
): Promise<readonly GroupRow[]> {
  const generation = await generations.of('groups');
  const wanted = searchKey(groupNameKey(query));
  const after = [page.after?.place ?? '', page.after?.groupId ?? first, page.limit];
  const table = physicalName(groupsTable, generation);
  const { rows } =
    wanted === ''
      ? await sql.query(
          `SELECT ${columns} FROM ${table}
           WHERE tenant = $1::text AND name IS NOT NULL AND (place, group_id) > ($2::text, $3::uuid)
           ORDER BY place, group_id LIMIT $4::int8`,
          [tenant, ...after],
        )
      : await sql.query(
          `SELECT ${columns} FROM ${table}
           WHERE tenant = $1::text AND name IS NOT NULL AND (place, group_id) > ($2::text, $3::uuid)
             AND group_id IN (SELECT group_id FROM ${physicalName(searchTable, generation)}
                              WHERE tenant = $1::text AND suffix >= $5::text AND suffix < $6::text)
           ORDER BY place, group_id LIMIT $4::int8`,
          // no hexadecimal digit comes after g
          [tenant, ...after, wanted, `${wanted}g`],
        );
  return rows.map((row) => groupRow.parse(row));
}
