import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { changeGroupBy, type findGroup } from '../commands/group.ts';
import type { GroupId, PlayerId } from '../events/ids.ts';
import type { ErrorCode } from './error-codes.ts';
import {
  answerBody,
  emptyBody,
  groupIdText,
  inviteBody,
  invitedResponse,
  kickBody,
  statusResponse,
} from './group.schema.ts';
import { playerOf } from './player-caller.ts';
import { answers } from './route.ts';
import type { WritingDependencies } from './write.ts';

type Group = Awaited<ReturnType<typeof findGroup>>;

/** Who comes into a group, and who goes. */
export function groupMemberRoutes(instance: FastifyInstance, dependencies: WritingDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, settings, write, now } = dependencies;
  const { maxMembers, inviteHours } = settings.group;
  const params = z.object({ group_id: groupIdText });
  const config = (...errors: readonly ErrorCode[]) => ({
    access: { rights: ['player'] as const },
    contract: { idempotency: 'required' as const, errors: ['GROUP_NOT_FOUND' as const, ...errors] },
  });
  const stands = (group_id: GroupId, player_id: PlayerId, status: string, more: object = {}) =>
    JSON.stringify({ group_id, player_id, status, ...more });

  app.post(
    '/v1/groups/:group_id/join',
    {
      schema: {
        tags: ['groups'],
        summary: 'Join a group, or ask to be let in',
        description:
          'A private group lets in who is invited; others have asked then, and an admin answers. Again changes nothing.',
        params,
        body: emptyBody,
        response: answers({ 200: statusResponse }),
      },
      config: config('GROUP_FULL', 'GROUP_BANNED', 'GROUP_WAITING_FULL', 'PLAYER_NOT_FOUND'),
    },
    async (request, reply) => {
      const { tenant, actor, playerId } = playerOf(request);
      const groupId = request.params.group_id as GroupId;
      const command = { type: 'JoinGroup', groupId, playerId, maxMembers, now: now() } as const;
      return write<Group>(request, reply, {
        tenant,
        actor,
        key: 'required',
        run: (context) => changeGroupBy(runtime, command, context),
        answer: (group) =>
          stands(groupId, playerId, group.phase === 'open' && group.members.has(playerId) ? 'member' : 'requested'),
      });
    },
  );

  app.post(
    '/v1/groups/:group_id/leave',
    {
      schema: {
        tags: ['groups'],
        summary: 'Leave a group',
        description:
          'The last superadmin goes last: whoever leaves as the only member ends the group, and its name is free.',
        params,
        body: emptyBody,
        response: answers({ 200: statusResponse }),
      },
      config: config('GROUP_MEMBER_NOT_FOUND', 'GROUP_LAST_SUPERADMIN'),
    },
    async (request, reply) => {
      const { tenant, actor, playerId } = playerOf(request);
      const groupId = request.params.group_id as GroupId;
      return write<Group>(request, reply, {
        tenant,
        actor,
        key: 'required',
        run: (context) => changeGroupBy(runtime, { type: 'LeaveGroup', groupId, playerId }, context),
        answer: () => stands(groupId, playerId, 'left'),
      });
    },
  );

  app.post(
    '/v1/groups/:group_id/requests',
    {
      schema: {
        tags: ['groups'],
        summary: 'Answer who asks to be let in',
        description: 'For admins.',
        params,
        body: answerBody,
        response: answers({ 200: statusResponse }),
      },
      config: config('GROUP_ADMIN_ONLY', 'GROUP_REQUEST_NOT_FOUND', 'GROUP_FULL', 'PLAYER_NOT_FOUND'),
    },
    async (request, reply) => {
      const { tenant, actor, playerId: by } = playerOf(request);
      const groupId = request.params.group_id as GroupId;
      const playerId = request.body.player_id as PlayerId;
      const { accept } = request.body;
      const command = { type: 'AnswerRequest', groupId, playerId, by, accept, maxMembers } as const;
      return write<Group>(request, reply, {
        tenant,
        actor,
        key: 'required',
        run: (context) => changeGroupBy(runtime, command, context),
        answer: () => stands(groupId, playerId, accept ? 'member' : 'declined'),
      });
    },
  );

  app.post(
    '/v1/groups/:group_id/invites',
    {
      schema: {
        tags: ['groups'],
        summary: 'Invite a player to a group',
        description: 'For admins. Lifts a ban. Repeating an invitation that still counts changes nothing.',
        params,
        body: inviteBody,
        response: answers({ 200: invitedResponse }),
      },
      config: config('GROUP_ADMIN_ONLY', 'PLAYER_NOT_FOUND', 'GROUP_WAITING_FULL'),
    },
    async (request, reply) => {
      const { tenant, actor, playerId: by } = playerOf(request);
      const groupId = request.params.group_id as GroupId;
      const playerId = request.body.player_id as PlayerId;
      const expiresAt = new Date(now() + inviteHours * 3_600_000).toISOString();
      const command = { type: 'InviteToGroup', groupId, playerId, by, expiresAt, now: now() } as const;
      return write<Group>(request, reply, {
        tenant,
        actor,
        key: 'required',
        run: (context) => changeGroupBy(runtime, command, context),
        answer: (group) => {
          const until = group.phase === 'open' ? group.invites.get(playerId) : undefined;
          const expires_at = until === undefined ? null : new Date(until).toISOString();
          return stands(groupId, playerId, until === undefined ? 'member' : 'invited', { expires_at });
        },
      });
    },
  );

  app.post(
    '/v1/groups/:group_id/kick',
    {
      schema: {
        tags: ['groups'],
        summary: 'Send a member away',
        description: 'For admins, and only members of a lower role. Whoever is banned too stays out until invited.',
        params,
        body: kickBody,
        response: answers({ 200: statusResponse }),
      },
      config: config('GROUP_ADMIN_ONLY', 'GROUP_MEMBER_NOT_FOUND'),
    },
    async (request, reply) => {
      const { tenant, actor, playerId: by } = playerOf(request);
      const groupId = request.params.group_id as GroupId;
      const playerId = request.body.player_id as PlayerId;
      const { ban } = request.body;
      return write<Group>(request, reply, {
        tenant,
        actor,
        key: 'required',
        run: (context) => changeGroupBy(runtime, { type: 'KickFromGroup', groupId, playerId, by, ban }, context),
        answer: () => stands(groupId, playerId, ban ? 'banned' : 'kicked'),
      });
    },
  );
}
