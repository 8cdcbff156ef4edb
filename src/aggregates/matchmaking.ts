import type { PlayerId, TicketId } from '../events/ids.ts';
import { type Seated, seatTeams } from './match-teams.ts';
import { type SkillOrder, skillOrder } from './skill-order.ts';
import { skillWindow, type Widening } from './skill-window.ts';

/** A way to play. */
export type Mode = { readonly name: string; readonly teamSize: number; readonly teams: number };

/** A ticket that waits. @property since, expiresAt milliseconds since 1970 */
export type WaitingTicket = {
  readonly ticketId: TicketId;
  readonly playerIds: readonly PlayerId[];
  readonly skill: number;
  readonly modes: readonly string[];
  readonly since: number;
  readonly expiresAt: number;
};

export type Proposal<Ticket> = { readonly mode: string; readonly teams: Seated<Ticket> };

/** Candidates looked at for one ticket in one mode: keeps a pass over many tickets that cannot be matched short. */
const maxConsidered = 256;

/** Puts tickets of one tenant into matches. The ticket that waits longest chooses first, among those nearest in skill; every
 *  two tickets of a match are within each other's window; the players of a ticket stay in one team. Deterministic.
 *  @param now milliseconds since 1970 */
export function matchUp<Ticket extends WaitingTicket>(
  tickets: readonly Ticket[],
  modes: readonly Mode[],
  widening: Widening,
  now: number,
): readonly Proposal<Ticket>[] {
  const eldest = tickets.filter((ticket) => now < ticket.expiresAt).sort(byAge);
  const orders = new Map(
    modes.map((mode) => [
      mode.name,
      skillOrder(eldest.filter((ticket) => ticket.modes.includes(mode.name) && fits(ticket, mode))),
    ]),
  );
  const windows = new Map(eldest.map((ticket) => [ticket, skillWindow(ticket.skill, now - ticket.since, widening)]));
  const gone = new Set<Ticket>();
  const proposals: Proposal<Ticket>[] = [];
  for (const ticket of eldest) {
    for (const name of ticket.modes) {
      if (gone.has(ticket)) break;
      const mode = modes.find((each) => each.name === name);
      const order = orders.get(name);
      if (mode === undefined || order === undefined || !fits(ticket, mode)) continue;
      const teams = matchFor(ticket, mode, order, windows);
      if (teams === null) continue;
      for (const each of teams.flat()) {
        gone.add(each);
        for (const other of each.modes) orders.get(other)?.remove(each);
      }
      proposals.push({ mode: name, teams });
    }
  }
  return proposals;
}

const fits = ({ playerIds }: WaitingTicket, { teamSize }: Mode): boolean => playerIds.length <= teamSize;

const byAge = (a: WaitingTicket, b: WaitingTicket): number => a.since - b.since || (a.ticketId < b.ticketId ? -1 : 1);

/** The match of a ticket with those nearest to it. Where parties leave a gap that none of the nearest fills, smaller ones
 *  are tried instead. */
function matchFor<Ticket extends WaitingTicket>(
  ticket: Ticket,
  mode: Mode,
  order: SkillOrder<Ticket>,
  windows: ReadonlyMap<Ticket, number>,
): Seated<Ticket> | null {
  const windowOf = (each: Ticket): number => windows.get(each) ?? 0;
  const near: Ticket[] = [];
  for (const other of order.nearest(ticket.skill)) {
    if (other === ticket) continue;
    if (Math.abs(other.skill - ticket.skill) > windowOf(ticket) || near.length >= maxConsidered) break;
    if (Math.abs(other.skill - ticket.skill) <= windowOf(other)) near.push(other);
  }
  const sizes = [...new Set(near.map(({ playerIds }) => playerIds.length))].sort((a, b) => b - a);
  for (const largest of sizes) {
    const some = near.filter(({ playerIds }) => playerIds.length <= largest);
    const teams = seatTeams(ticket, some, mode, windowOf);
    if (teams !== null) return teams;
  }
  return null;
}
