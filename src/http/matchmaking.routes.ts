import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { cancelTicket, enqueueParty, enqueueTicket, findSeat, findTicket } from '../commands/matchmaking.ts';
import type { PartyId, TicketId } from '../events/ids.ts';
import { idempotencyKeyField } from './fields.ts';
import { matchIdText, modeName, ticketIdText } from './match.schema.ts';
import { partyIdText } from './party.schema.ts';
import { playerOf } from './player-caller.ts';
import { Problem } from './problem.ts';
import { sendRead, waitForRows } from './read.ts';
import { answers } from './route.ts';
import type { WritingDependencies } from './write.ts';

const enqueueBody = z.strictObject({
  skill: z
    .int('must be a whole number')
    .min(0)
    .max(1_000_000)
    .meta({ description: 'How strong the player or the party is.', example: 1200 }),
  modes: z
    .array(modeName)
    .min(1)
    .max(16)
    .refine((modes) => new Set(modes).size === modes.length, 'must name each mode once')
    .meta({ description: 'Modes that are welcome, the dearest first.', example: ['duo'] }),
  party_id: partyIdText
    .optional()
    .meta({ description: 'Queue with all members of this party, who then play in one team.' }),
  idempotency_key: idempotencyKeyField,
});

const ticketStatus = z
  .enum(['queued', 'matched', 'cancelled', 'expired'])
  .meta({ description: 'What became of the ticket.', example: 'matched' });
const ticketResponse = z.object({ status: ticketStatus, match_id: matchIdText.optional() });
const seatResponse = z.object({
  status: z.enum(['free', 'queued', 'playing']).meta({ example: 'queued' }),
  ticket: ticketIdText.optional(),
  match_id: matchIdText.optional(),
});

/** Queueing for a match. Tickets are read from their streams, so an answer is never behind a write. */
export function matchmakingRoutes(instance: FastifyInstance, dependencies: WritingDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, settings, write, now, modes } = dependencies;

  app.post(
    '/v1/matchmaking/enqueue',
    {
      schema: {
        tags: ['matchmaking'],
        summary: 'Queue for a match',
        description:
          'Opponents are looked for among those of about the same skill, and farther off the longer it takes. A player has one open ticket, and is in one match, at a time.',
        body: enqueueBody,
        response: answers({ 201: z.object({ ticket: ticketIdText }) }),
      },
      config: {
        access: { rights: ['player'] },
        contract: {
          idempotency: 'required',
          errors: [
            'PLAYER_NOT_FOUND',
            'PARTY_NOT_FOUND',
            'ALREADY_QUEUED',
            'ALREADY_IN_MATCH',
            'MODE_UNKNOWN',
            'PARTY_TOO_LARGE',
          ],
        },
      },
    },
    async (request, reply) => {
      const { tenant, actor, playerId } = playerOf(request);
      const { skill, modes: wanted, party_id } = request.body;
      const ticketId = randomUUID() as TicketId;
      const expiresAt = new Date(now() + settings.matchmaking.ticketTtlSeconds * 1000).toISOString();
      const command = {
        type: 'EnqueueTicket',
        ticketId,
        playerId,
        skill,
        modes: wanted,
        modesKnown: modes,
        expiresAt,
      } as const;
      return write<null>(request, reply, {
        tenant,
        actor,
        key: 'required',
        run: (context) =>
          party_id === undefined
            ? enqueueTicket(runtime, { ...command, playerIds: [playerId], partyId: null }, context)
            : enqueueParty(runtime, { ...command, partyId: party_id as PartyId }, context),
        answer: () => JSON.stringify({ ticket: ticketId }),
        status: 201,
        location: (body) => `/v1/matchmaking/${JSON.parse(body).ticket}`,
      });
    },
  );

  app.get(
    '/v1/matchmaking',
    {
      schema: {
        tags: ['matchmaking'],
        summary: "The caller's place: none, in the queue, or in a match",
        response: answers({ 200: seatResponse }),
      },
      config: { access: { rights: ['player'] }, contract: { waitsFor: true } },
    },
    async (request, reply) => {
      const { tenant, playerId } = playerOf(request);
      await waitForRows(request, dependencies, []);
      const seat = await findSeat(runtime, tenant, playerId, now());
      if (seat.phase === 'free') return sendRead(request, reply, { status: 'free' });
      const { ticketId: ticket } = seat;
      return sendRead(
        request,
        reply,
        seat.phase === 'queued' ? { status: 'queued', ticket } : { status: 'playing', ticket, match_id: seat.matchId },
      );
    },
  );

  app.get(
    '/v1/matchmaking/:ticket',
    {
      schema: {
        tags: ['matchmaking'],
        summary: 'What became of a ticket',
        params: z.object({ ticket: ticketIdText }),
        response: answers({ 200: ticketResponse }),
      },
      config: { access: { rights: ['player'] }, contract: { waitsFor: true, errors: ['TICKET_NOT_FOUND'] } },
    },
    async (request, reply) => {
      const { tenant, playerId } = playerOf(request);
      await waitForRows(request, dependencies, []);
      const ticket = await findTicket(runtime, tenant, request.params.ticket as TicketId, playerId, now());
      if (ticket === null) throw new Problem('TICKET_NOT_FOUND');
      const { status, matchId } = ticket;
      return sendRead(request, reply, matchId === null ? { status } : { status, match_id: matchId });
    },
  );

  app.delete(
    '/v1/matchmaking/:ticket',
    {
      schema: {
        tags: ['matchmaking'],
        summary: 'Take a ticket back',
        description: 'Any player of the ticket may; taking it back twice changes nothing.',
        params: z.object({ ticket: ticketIdText }),
        response: answers({ 204: z.null() }),
      },
      config: {
        access: { rights: ['player'] },
        contract: { idempotency: 'optional', errors: ['TICKET_NOT_FOUND', 'TICKET_ALREADY_MATCHED'] },
      },
    },
    async (request, reply) => {
      const { tenant, actor, playerId } = playerOf(request);
      const ticketId = request.params.ticket as TicketId;
      return write<null>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => cancelTicket(runtime, { ticketId, by: playerId }, context),
        answer: () => '',
        status: 204,
      });
    },
  );
}
