import { z } from 'zod';
import type { PlayerId, TenantId, TicketId } from '../events/ids.ts';
import type { MatchmakingTicketEvent } from '../events/matchmaking-ticket.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { defineProjection } from './define.ts';
import { change, physicalName } from './table.ts';

/** One row per ticket; lists are JSON, times milliseconds since 1970. */
const tickets = {
  name: 'matchmaking_tickets',
  key: ['tenant', 'ticket_id'],
  columns: {
    tenant: 'text',
    ticket_id: 'uuid',
    status: 'text',
    player_id: 'uuid',
    player_ids: 'text',
    party_id: 'uuid',
    skill: 'bigint',
    modes: 'text',
    since: 'bigint',
    expires_at: 'bigint',
    match_id: 'uuid',
  },
  indexes: [{ name: 'open', columns: ['tenant', 'ticket_id'], where: "status = 'open'" }],
} as const;

const closed =
  (status: 'cancelled' | 'expired') =>
  ({ tenant, version, data }: { tenant: TenantId; version: bigint; data: { ticketId: TicketId } }) => [
    change(tickets, version, { tenant, ticket_id: data.ticketId, status }),
  ];

/** Since when an event's command waits: business time, so that waiting is counted on one clock with `now`. */
export const waitingSince = (event: {
  readonly metadata: { readonly occurredAt?: string };
  readonly recordedAt: bigint;
}): number => {
  const { occurredAt } = event.metadata;
  return occurredAt === undefined ? Number(event.recordedAt / 1000n) : Date.parse(occurredAt);
};

/** Tickets, open and closed. */
export const matchmakingTickets = defineProjection<MatchmakingTicketEvent>({
  name: 'matchmaking_tickets',
  about: 'Tickets of matchmaking, open and closed.',
  version: 1,
  tables: [tickets],
  on: {
    TicketEnqueued: {
      withMetadata: (event) => [
        change(tickets, event.version, {
          tenant: event.tenant,
          ticket_id: event.data.ticketId,
          status: 'open',
          player_id: event.data.playerId,
          player_ids: JSON.stringify(event.data.playerIds),
          party_id: event.data.partyId,
          skill: event.data.skill,
          modes: JSON.stringify(event.data.modes),
          since: waitingSince(event),
          expires_at: Date.parse(event.data.expiresAt),
        }),
      ],
    },
    TicketMatched: ({ tenant, version, data }) => [
      change(tickets, version, { tenant, ticket_id: data.ticketId, status: 'matched', match_id: data.matchId }),
    ],
    TicketCancelled: closed('cancelled'),
    TicketExpired: closed('expired'),
  },
});

const texts = z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text)));
const openRow = z
  .object({
    tenant: z.string(),
    ticket_id: z.string(),
    player_ids: texts,
    skill: z.coerce.number(),
    modes: texts,
    since: z.coerce.number(),
    expires_at: z.coerce.number(),
  })
  .transform((row) => ({
    tenant: row.tenant as TenantId,
    ticketId: row.ticket_id as TicketId,
    playerIds: row.player_ids as readonly string[] as readonly PlayerId[],
    skill: row.skill,
    modes: row.modes as readonly string[],
    since: row.since,
    expiresAt: row.expires_at,
  }));

/** A ticket that waits. @property since, expiresAt milliseconds since 1970 */
export type OpenTicket = z.infer<typeof openRow>;

/** Open tickets of all tenants, in the order of tenant and ticket.
 *  @param after last one of the page before, null for the first page */
export async function openTicketsPage(
  sql: Sql,
  generations: Generations,
  after: Pick<OpenTicket, 'tenant' | 'ticketId'> | null,
  limit: number,
): Promise<readonly OpenTicket[]> {
  const { rows } = await sql.query(
    `SELECT tenant, ticket_id::text AS ticket_id, player_ids, skill, modes, since, expires_at
     FROM ${physicalName(tickets, await generations.of('matchmaking_tickets'))}
     WHERE status = 'open' AND (tenant, ticket_id) > ($1::text, $2::uuid)
     ORDER BY tenant, ticket_id LIMIT $3::int8`,
    [after?.tenant ?? '', after?.ticketId ?? '00000000-0000-0000-0000-000000000000', limit],
  );
  return rows.map((row) => openRow.parse(row));
}
