import { z } from 'zod';
import { type GroupRole, groupRoles } from '../events/group.ts';
import type { GroupId, PlayerId, TenantId } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { circlesTable, membershipsTable } from './memberships.ts';
import { physicalName } from './table.ts';

type Player = { readonly tenant: TenantId; readonly playerId: PlayerId };

/** What a player may be invited to. */
export const circleKinds = ['group', 'party'] as const;
export type CircleKind = (typeof circleKinds)[number];

/** A group that a player is in. @property since µs since 1970 */
export type MembershipRow = {
  readonly groupId: GroupId;
  readonly name: string;
  readonly role: GroupRole;
  readonly since: bigint;
};

/** An invitation of a player. @property id of the group or party; @property name null = a party; @property until µs since 1970 */
export type InvitationRow = {
  readonly kind: CircleKind;
  readonly id: string;
  readonly name: string | null;
  readonly invitedBy: PlayerId;
  readonly until: bigint;
};

const membershipRow = z
  .object({ id: z.string(), name: z.string(), role: z.enum(groupRoles), since: z.coerce.bigint() })
  .transform(({ id, ...row }): MembershipRow => ({ groupId: id as GroupId, ...row }));
const invitationRow = z
  .object({
    kind: z.enum(circleKinds),
    id: z.string(),
    name: z.string().nullable(),
    invited_by: z.string(),
    until: z.coerce.bigint(),
  })
  .transform(({ invited_by, ...row }): InvitationRow => ({ ...row, invitedBy: invited_by as PlayerId }));

const idRow = z.object({ id: z.string() });
const lowestId = '00000000-0000-0000-0000-000000000000';
const highestId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

async function joined(generations: Generations): Promise<string> {
  const generation = await generations.of('memberships');
  return `${physicalName(membershipsTable, generation)} AS m
     LEFT JOIN ${physicalName(circlesTable, generation)} AS c
       ON c.tenant = m.tenant AND c.kind = m.kind AND c.circle_id = m.circle_id`;
}

/** Groups that a player is in, those joined last first.
 *  @param page.after last one of the page before, null for the first page */
export async function listMemberships(
  sql: Sql,
  generations: Generations,
  { tenant, playerId }: Player,
  page: { readonly after: Pick<MembershipRow, 'since' | 'groupId'> | null; readonly limit: number },
): Promise<readonly MembershipRow[]> {
  const { rows } = await sql.query(
    `SELECT m.circle_id::text AS id, c.name, m.role, m.since FROM ${await joined(generations)}
     WHERE m.tenant = $1::text AND m.player_id = $2::uuid AND m.kind = 'group' AND m.since IS NOT NULL
       AND (m.since, m.circle_id) < ($3::bigint, $4::uuid)
     ORDER BY m.since DESC, m.circle_id DESC LIMIT $5::int8`,
    [tenant, playerId, page.after?.since ?? 2n ** 62n, page.after?.groupId ?? highestId, page.limit],
  );
  return rows.map((row) => membershipRow.parse(row));
}

/** Invitations of a player that count, those that end first first.
 *  @param page.now µs since 1970; @param page.after last one of the page before, null for the first page */
export async function listInvitations(
  sql: Sql,
  generations: Generations,
  { tenant, playerId }: Player,
  page: {
    readonly now: bigint;
    readonly after: Pick<InvitationRow, 'until' | 'kind' | 'id'> | null;
    readonly limit: number;
  },
): Promise<readonly InvitationRow[]> {
  const { rows } = await sql.query(
    `SELECT m.kind, m.circle_id::text AS id, c.name, m.invited_by::text AS invited_by, m.invited_until AS until
     FROM ${await joined(generations)}
     WHERE m.tenant = $1::text AND m.player_id = $2::uuid AND m.invited_until > $3::bigint AND c.ended_at IS NULL
       AND (m.invited_until, m.kind, m.circle_id) > ($4::bigint, $5::text, $6::uuid)
     ORDER BY m.invited_until, m.kind, m.circle_id LIMIT $7::int8`,
    [
      tenant,
      playerId,
      page.now,
      page.after?.until ?? 0n,
      page.after?.kind ?? '',
      page.after?.id ?? lowestId,
      page.limit,
    ],
  );
  return rows.map((row) => invitationRow.parse(row));
}

/** Groups that a player is in, asks to join, or was invited to.
 *  @param page.after last one of the page before, null for the first page */
export async function groupsAround(
  sql: Sql,
  generations: Generations,
  { tenant, playerId }: Player,
  page: { readonly after: GroupId | null; readonly limit: number },
): Promise<readonly GroupId[]> {
  const { rows } = await sql.query(
    `SELECT circle_id::text AS id FROM ${physicalName(membershipsTable, await generations.of('memberships'))}
     WHERE tenant = $1::text AND player_id = $2::uuid AND kind = 'group' AND circle_id > $3::uuid
       AND (since IS NOT NULL OR requested_at IS NOT NULL OR invited_until IS NOT NULL)
     ORDER BY circle_id LIMIT $4::int8`,
    [tenant, playerId, page.after ?? lowestId, page.limit],
  );
  return rows.map((row) => idRow.parse(row).id as GroupId);
}
