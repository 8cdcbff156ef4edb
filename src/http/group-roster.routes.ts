import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findGroup, isAdmin } from '../commands/group.ts';
import type { GroupId, TenantId } from '../events/ids.ts';
import type { Dependencies } from './dependencies.ts';
import { limitQuery, playerIdText } from './fields.ts';
import { groupIdText, membersResponse, requestsResponse } from './group.schema.ts';
import { playerOf } from './player-caller.ts';
import { Problem } from './problem.ts';
import { sendRead, waitForRows } from './read.ts';
import { answers } from './route.ts';

/** Who is in a group, and who asks to be. Read from its stream, so the answer is never behind a write. */
export function groupRosterRoutes(instance: FastifyInstance, dependencies: Dependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime } = dependencies;
  const params = z.object({ group_id: groupIdText });

  const openGroup = async (tenant: TenantId, groupId: GroupId) => {
    const group = await findGroup(runtime, tenant, groupId);
    if (group.phase !== 'open') throw new Problem('GROUP_NOT_FOUND');
    return group;
  };

  const pageQuery = z.object({ limit: limitQuery, cursor: playerIdText.optional() });
  const pageOf = <Item extends { player_id: string }>(all: readonly Item[], limit: number, cursor = '') => {
    const rest = all.filter(({ player_id }) => player_id > cursor).sort((a, b) => (a.player_id < b.player_id ? -1 : 1));
    const items = rest.slice(0, limit);
    return { items, next_cursor: rest.length > limit ? (items.at(-1)?.player_id ?? null) : null };
  };

  app.get(
    '/v1/groups/:group_id/members',
    {
      schema: {
        tags: ['groups'],
        summary: 'Who is in a group',
        description: 'Of a private group, for its members only.',
        params,
        querystring: pageQuery,
        response: answers({ 200: membersResponse }),
      },
      config: {
        access: { rights: ['player'] },
        contract: { waitsFor: true, errors: ['GROUP_NOT_FOUND', 'GROUP_MEMBERS_ONLY'] },
      },
    },
    async (request, reply) => {
      const { tenant, playerId } = playerOf(request);
      await waitForRows(request, dependencies, []);
      const { members, visibility } = await openGroup(tenant, request.params.group_id as GroupId);
      if (visibility === 'private' && !members.has(playerId)) throw new Problem('GROUP_MEMBERS_ONLY');
      const all = [...members].map(([player_id, role]) => ({ player_id: player_id as string, role }));
      return sendRead(request, reply, pageOf(all, request.query.limit, request.query.cursor));
    },
  );

  app.get(
    '/v1/groups/:group_id/requests',
    {
      schema: {
        tags: ['groups'],
        summary: 'Who asks to be let into a group',
        description: 'For its admins.',
        params,
        querystring: pageQuery,
        response: answers({ 200: requestsResponse }),
      },
      config: {
        access: { rights: ['player'] },
        contract: { waitsFor: true, errors: ['GROUP_NOT_FOUND', 'GROUP_ADMIN_ONLY'] },
      },
    },
    async (request, reply) => {
      const { tenant, playerId } = playerOf(request);
      await waitForRows(request, dependencies, []);
      const { members, requests } = await openGroup(tenant, request.params.group_id as GroupId);
      if (!isAdmin(members, playerId)) throw new Problem('GROUP_ADMIN_ONLY');
      const all = [...requests].map((player_id) => ({ player_id: player_id as string }));
      return sendRead(request, reply, pageOf(all, request.query.limit, request.query.cursor));
    },
  );
}
