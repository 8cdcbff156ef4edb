import { parseEventAs } from '../events/catalogue.ts';
import type { RecordedEvent } from '../events/envelope.ts';
import type { TenantId } from '../events/ids.ts';
import type { MatchmakingTicketEvent } from '../events/matchmaking-ticket.ts';
import type { SeatEvent } from '../events/seat.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations, LogView } from '../ports/projection.ts';
import { matchmakingTickets, type OpenTicket, openTicketsPage, waitingSince } from './matchmaking-tickets.ts';

/** Tickets that wait, in memory, following the log. */
export type MatchmakingQueue = LogView & {
  /** Open tickets by tenant. */
  tickets(): ReadonlyMap<TenantId, readonly OpenTicket[]>;
  readonly size: number;
  /** The events that opened a ticket and took its players' seats, where they came by: what need not be read again. */
  eventsOf(ticket: OpenTicket): readonly RecordedEvent[];
  /** Calls back when a ticket was enqueued. */
  onEnqueued(listener: () => void): () => void;
};

const pageSize = 5_000;

type Queued = Extract<SeatEvent, { type: 'SeatQueued' }>;

/** @param checkpoints positions that the `matchmaking_tickets` rows hold, read anew */
export function createMatchmakingQueue(
  sql: Sql,
  generations: Generations,
  checkpoints: () => Promise<ReadonlyMap<number, bigint>>,
): MatchmakingQueue {
  const open = new Map<string, { readonly ticket: OpenTicket; readonly event: RecordedEvent | null }>();
  const seats = new Map<string, RecordedEvent<Queued>>();
  const listeners = new Set<() => void>();
  const keyOf = (tenant: string, id: string): string => `${tenant}/${id}`;

  const applyTicket = (event: RecordedEvent<MatchmakingTicketEvent>) => {
    const { tenant, data } = event;
    const key = keyOf(tenant, data.ticketId);
    if (event.type !== 'TicketEnqueued') {
      open.delete(key);
      return;
    }
    const { ticketId, playerIds, skill, modes, expiresAt } = event.data;
    const since = waitingSince(event);
    const ticket = { tenant, ticketId, playerIds, skill, modes, since, expiresAt: Date.parse(expiresAt) };
    open.set(key, { ticket, event });
    for (const listener of listeners) listener();
  };
  const applySeat = (event: RecordedEvent<SeatEvent>) => {
    const key = keyOf(event.tenant, event.data.playerId);
    const known = seats.get(key);
    if (event.type === 'SeatQueued') {
      if (known === undefined || known.version < event.version) seats.set(key, event);
    } else if (known !== undefined && known.version < event.version) seats.delete(key);
  };

  return {
    name: 'matchmaking_queue',
    types: [...matchmakingTickets.types, 'SeatQueued', 'SeatMatched', 'SeatFreed'],
    async load() {
      const from = await checkpoints();
      for (let after: OpenTicket | null = null; ; ) {
        const page: readonly OpenTicket[] = await openTicketsPage(sql, generations, after, pageSize);
        for (const ticket of page) {
          const key = keyOf(ticket.tenant, ticket.ticketId);
          if (!open.has(key)) open.set(key, { ticket, event: null });
        }
        if (page.length < pageSize) return from;
        after = page.at(-1)!;
      }
    },
    apply(event) {
      const parsed = parseEventAs<MatchmakingTicketEvent | SeatEvent>(event);
      if (parsed.type === 'SeatQueued' || parsed.type === 'SeatMatched' || parsed.type === 'SeatFreed')
        applySeat(parsed);
      else applyTicket(parsed);
    },
    tickets() {
      const byTenant = new Map<TenantId, OpenTicket[]>();
      for (const { ticket } of open.values()) {
        const known = byTenant.get(ticket.tenant);
        if (known === undefined) byTenant.set(ticket.tenant, [ticket]);
        else known.push(ticket);
      }
      return byTenant;
    },
    get size() {
      return open.size;
    },
    eventsOf({ tenant, ticketId, playerIds }) {
      const enqueued = open.get(keyOf(tenant, ticketId))?.event ?? null;
      const taken = playerIds.map((playerId) => seats.get(keyOf(tenant, playerId)));
      return [enqueued, ...taken].filter((event) => event !== null && event !== undefined);
    },
    onEnqueued(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
