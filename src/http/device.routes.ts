import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { linkOwnDevice, unlinkOwnDevice } from '../commands/device.ts';
import type { DeviceHash } from '../events/ids.ts';
import { listDevices } from '../projections/devices.ts';
import { deviceHmac } from '../security/device-id.ts';
import { deviceId } from './auth.schema.ts';
import { idempotencyKeyField, instant, limitQuery, nextCursor } from './fields.ts';
import { playerOf } from './player-caller.ts';
import { sendRead, waitForRows } from './read.ts';
import { answers } from './route.ts';
import { timeOf } from './time.ts';
import type { WritingDependencies } from './write.ts';

const deviceName = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'must be the id of a device in GET /v1/devices')
  .meta({
    description: 'What stands for a device here; the device id itself is kept nowhere.',
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  });

/** The devices that a player signs in with. */
export function deviceRoutes(instance: FastifyInstance, dependencies: WritingDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, reads, ring, write } = dependencies;
  const access = { rights: ['player'] } as const;

  app.get(
    '/v1/devices',
    {
      schema: {
        tags: ['auth'],
        summary: "The caller's devices",
        querystring: z.object({ limit: limitQuery, cursor: deviceName.optional() }),
        response: answers({
          200: z.object({ items: z.array(z.object({ id: deviceName, linked_at: instant })), next_cursor: nextCursor }),
        }),
      },
      config: { access, contract: { waitsFor: true } },
    },
    async (request, reply) => {
      const { limit, cursor } = request.query;
      await waitForRows(request, dependencies, ['devices']);
      const rows = await listDevices(reads.sql, reads.generations, playerOf(request), {
        after: cursor ?? '',
        limit: limit + 1,
      });
      const page = rows.slice(0, limit);
      return sendRead(request, reply, {
        items: page.map(({ deviceHash, linkedAt }) => ({ id: deviceHash, linked_at: timeOf(linkedAt) })),
        next_cursor: rows.length > limit ? (page.at(-1)?.deviceHash ?? null) : null,
      });
    },
  );

  app.post(
    '/v1/devices',
    {
      schema: {
        tags: ['auth'],
        summary: 'Link a device: it signs in as the caller from then on',
        description: 'Linking it again changes nothing.',
        body: z.strictObject({ device_id: deviceId, idempotency_key: idempotencyKeyField }),
        response: answers({ 200: z.object({ id: deviceName }) }),
      },
      config: {
        access,
        contract: { idempotency: 'optional', errors: ['DEVICE_LINKED_TO_ANOTHER_PLAYER', 'PLAYER_NOT_FOUND'] },
      },
    },
    async (request, reply) => {
      const { tenant, actor, playerId } = playerOf(request);
      const deviceHash = deviceHmac(ring.keys().pepper, tenant, request.body.device_id);
      return write<null>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => linkOwnDevice(runtime, { deviceHash, playerId }, context),
        answer: () => JSON.stringify({ id: deviceHash }),
      });
    },
  );

  app.delete(
    '/v1/devices/:device',
    {
      schema: {
        tags: ['auth'],
        summary: 'Unlink a device: its next use makes a new player',
        description:
          'The last thing that the caller can sign in with stays. Sessions go on; end them with DELETE /v1/sessions.',
        params: z.object({ device: deviceName }),
        response: answers({ 204: z.null() }),
      },
      config: {
        access,
        contract: { idempotency: 'optional', errors: ['DEVICE_NOT_FOUND', 'LAST_CREDENTIAL', 'PLAYER_NOT_FOUND'] },
      },
    },
    async (request, reply) => {
      const { tenant, actor, playerId } = playerOf(request);
      const deviceHash = request.params.device as DeviceHash;
      return write<null>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => unlinkOwnDevice(runtime, { deviceHash, playerId }, context),
        answer: () => '',
        status: 204,
      });
    },
  );
}
