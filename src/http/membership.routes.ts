import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { groupRoles } from '../events/group.ts';
import type { GroupId } from '../events/ids.ts';
import { circleKinds, listInvitations, listMemberships } from '../projections/membership-queries.ts';
import { cursorOf } from './cursor.ts';
import type { Dependencies } from './dependencies.ts';
import { cursorQuery, instant, limitQuery, nextCursor, playerIdText } from './fields.ts';
import { groupIdText } from './group.schema.ts';
import { playerOf } from './player-caller.ts';
import { sendRead, waitForRows } from './read.ts';
import { answers } from './route.ts';
import { timeOf } from './time.ts';

const membershipItem = z.object({
  group_id: groupIdText,
  name: z.string().meta({ example: 'Night Owls' }),
  role: z.enum(groupRoles).meta({ example: 'admin' }),
  since: instant.meta({ description: 'When the caller came into the group, this time.' }),
});
const invitationItem = z.object({
  kind: z.enum(circleKinds).meta({ example: 'group' }),
  id: z.uuid().meta({
    description: 'The group or party, to be joined under its own path.',
    example: '3d594650-3436-4e5b-9d6c-2f8a1c0b7e11',
  }),
  name: z.string().nullable().meta({ description: 'Of a group; a party has none.', example: 'Night Owls' }),
  invited_by: playerIdText,
  expires_at: instant.meta({ description: 'Until when the caller may join.' }),
});

const microseconds = z.string().regex(/^\d{1,18}$/);
const memberships = cursorOf(z.tuple([microseconds, z.uuid()]));
const invitations = cursorOf(z.tuple([microseconds, z.enum(circleKinds), z.uuid()]));

/** What a player belongs to, and may join. */
export function membershipRoutes(instance: FastifyInstance, dependencies: Dependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { reads, now } = dependencies;
  const querystring = z.object({ limit: limitQuery, cursor: cursorQuery });
  const config = { access: { rights: ['player'] as const }, contract: { waitsFor: true as const } };

  app.get(
    '/v1/groups/mine',
    {
      schema: {
        tags: ['groups'],
        summary: 'Groups that the caller is in, those joined last first',
        querystring,
        response: answers({ 200: z.object({ items: z.array(membershipItem), next_cursor: nextCursor }) }),
      },
      config,
    },
    async (request, reply) => {
      const caller = playerOf(request);
      const { limit, cursor } = request.query;
      const place = memberships.decode(cursor);
      const after = place && { since: BigInt(place[0]), groupId: place[1] as GroupId };
      await waitForRows(request, dependencies, ['memberships']);
      const rows = await listMemberships(reads.sql, reads.generations, caller, { after, limit: limit + 1 });
      const page = rows.slice(0, limit);
      const last = rows.length > limit ? page.at(-1) : undefined;
      return sendRead(request, reply, {
        items: page.map(({ groupId, name, role, since }) => ({
          group_id: groupId,
          name,
          role,
          since: timeOf(since),
        })),
        next_cursor: last === undefined ? null : memberships.encode([String(last.since), last.groupId]),
      });
    },
  );

  app.get(
    '/v1/invitations',
    {
      schema: {
        tags: ['groups'],
        summary: 'Invitations of the caller to groups and parties that count, those that end first first',
        querystring,
        response: answers({ 200: z.object({ items: z.array(invitationItem), next_cursor: nextCursor }) }),
      },
      config,
    },
    async (request, reply) => {
      const caller = playerOf(request);
      const { limit, cursor } = request.query;
      const place = invitations.decode(cursor);
      const after = place && { until: BigInt(place[0]), kind: place[1], id: place[2] };
      await waitForRows(request, dependencies, ['memberships']);
      const rows = await listInvitations(reads.sql, reads.generations, caller, {
        now: BigInt(now()) * 1000n,
        after,
        limit: limit + 1,
      });
      const page = rows.slice(0, limit);
      const last = rows.length > limit ? page.at(-1) : undefined;
      return sendRead(request, reply, {
        items: page.map(({ kind, id, name, invitedBy, until }) => ({
          kind,
          id,
          name,
          invited_by: invitedBy,
          expires_at: timeOf(until),
        })),
        next_cursor: last === undefined ? null : invitations.encode([String(last.until), last.kind, last.id]),
      });
    },
  );
}
