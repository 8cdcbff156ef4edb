import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { changeGroupBy, findGroup } from '../commands/group.ts';
import type { GroupId, PlayerId } from '../events/ids.ts';
import { listGroups } from '../projections/groups.ts';
import { cursorQuery, limitQuery } from './fields.ts';
import {
  changeGroupBody,
  createdResponse,
  createGroupBody,
  groupCursor,
  groupIdText,
  groupResponse,
  groupsResponse,
} from './group.schema.ts';
import { playerOf } from './player-caller.ts';
import { Problem } from './problem.ts';
import { sendRead, waitForRows } from './read.ts';
import { answers } from './route.ts';
import type { WritingDependencies } from './write.ts';

type Change = Parameters<typeof changeGroupBy>[1];
type Group = Awaited<ReturnType<typeof findGroup>>;

/** A group as answers have it. @throws Problem when there is none */
const shown = (groupId: GroupId, group: Group) => {
  if (group.phase !== 'open') throw new Problem('GROUP_NOT_FOUND');
  const { name, description, visibility, tier, members } = group;
  return { group_id: groupId, name, description, visibility, metadata: { tier }, member_count: members.size };
};

/** Groups: making, changing, finding. A single group is read from its stream, so the answer is never behind a write. */
export function groupRoutes(instance: FastifyInstance, dependencies: WritingDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, reads, write } = dependencies;
  const params = z.object({ group_id: groupIdText });

  app.post(
    '/v1/groups',
    {
      schema: {
        tags: ['groups'],
        summary: 'Make a group, as its first superadmin',
        body: createGroupBody,
        response: answers({ 201: createdResponse }),
      },
      config: {
        access: { rights: ['player'] },
        contract: { idempotency: 'required', errors: ['GROUP_NAME_TAKEN', 'PLAYER_NOT_FOUND'] },
      },
    },
    async (request, reply) => {
      const { tenant, actor, playerId } = playerOf(request);
      const { name, description, visibility } = request.body;
      const groupId = randomUUID() as GroupId;
      const command = { type: 'CreateGroup', groupId, playerId, name, description, visibility } as const;
      return write<Group>(request, reply, {
        tenant,
        actor,
        key: 'required',
        run: (context) => changeGroupBy(runtime, command, context),
        answer: () => JSON.stringify({ group_id: groupId }),
        status: 201,
        location: (body) => `/v1/groups/${JSON.parse(body).group_id}`,
      });
    },
  );

  app.patch(
    '/v1/groups/:group_id',
    {
      schema: {
        tags: ['groups'],
        summary: 'Change a group',
        description:
          'For its admins. Only superadmins make superadmins or take that role away, and one is always left. All of it changes, or nothing.',
        params,
        body: changeGroupBody,
        response: answers({ 200: groupResponse }),
      },
      config: {
        access: { rights: ['player'] },
        contract: {
          idempotency: 'required',
          errors: ['GROUP_NOT_FOUND', 'GROUP_ADMIN_ONLY', 'GROUP_MEMBER_NOT_FOUND', 'GROUP_LAST_SUPERADMIN'],
        },
      },
    },
    async (request, reply) => {
      const { tenant, actor, playerId } = playerOf(request);
      const groupId = request.params.group_id as GroupId;
      const { description, metadata, roles = [] } = request.body;
      const command: Change = {
        type: 'ChangeGroup',
        groupId,
        playerId,
        description,
        tier: metadata?.tier,
        roles: roles.map(({ player_id, role }) => ({ playerId: player_id as PlayerId, role })),
      };
      return write<Group>(request, reply, {
        tenant,
        actor,
        key: 'required',
        run: (context) => changeGroupBy(runtime, command, context),
        answer: (group) => JSON.stringify(shown(groupId, group)),
      });
    },
  );

  app.get(
    '/v1/groups',
    {
      schema: {
        tags: ['groups'],
        summary: 'Groups whose name contains a text, by name',
        description: 'Private groups are found too, so that players can ask to join them; who is in them is not shown.',
        querystring: z.object({
          query: z
            .string()
            .max(100)
            .default('')
            .meta({ description: 'What the name contains; left out = all groups.', example: 'owl' }),
          limit: limitQuery,
          cursor: cursorQuery,
        }),
        response: answers({ 200: groupsResponse }),
      },
      config: { access: { rights: ['player'] }, contract: { waitsFor: true } },
    },
    async (request, reply) => {
      const { tenant } = playerOf(request);
      const { query, limit, cursor } = request.query;
      const from = groupCursor.decode(cursor);
      const after = from && { place: from[0], groupId: from[1] as GroupId };
      await waitForRows(request, dependencies, ['groups']);
      const rows = await listGroups(reads.sql, reads.generations, tenant, query, { after, limit: limit + 1 });
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return sendRead(request, reply, {
        items: items.map(({ groupId, name, description, visibility, tier, members }) => ({
          group_id: groupId,
          name,
          description,
          visibility,
          metadata: { tier },
          member_count: members,
        })),
        next_cursor: last === undefined ? null : groupCursor.encode([last.place, last.groupId]),
      });
    },
  );

  app.get(
    '/v1/groups/:group_id',
    {
      schema: { tags: ['groups'], summary: 'A group', params, response: answers({ 200: groupResponse }) },
      config: { access: { rights: ['player'] }, contract: { waitsFor: true, errors: ['GROUP_NOT_FOUND'] } },
    },
    async (request, reply) => {
      const { tenant } = playerOf(request);
      const groupId = request.params.group_id as GroupId;
      await waitForRows(request, dependencies, []);
      return sendRead(request, reply, shown(groupId, await findGroup(runtime, tenant, groupId)));
    },
  );
}
