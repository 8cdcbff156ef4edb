type Unit = { readonly playerIds: readonly unknown[]; readonly skill: number };

/** Tickets by team. */
export type Seated<Ticket> = readonly (readonly Ticket[])[];

type Size = { readonly teamSize: number; readonly teams: number };

/** Fills the teams of a match with a ticket and others, in the order given, as long as all stay within each other's windows.
 *  @returns teams of about equal skill; null when they cannot all be filled */
export function seatTeams<Ticket extends Unit>(
  first: Ticket,
  others: readonly Ticket[],
  size: Size,
  windowOf: (ticket: Ticket) => number,
): Seated<Ticket> | null {
  const chosen = [first];
  const rooms = Array.from({ length: size.teams }, () => size.teamSize);
  rooms[0]! -= first.playerIds.length;
  let [low, high, window] = [first.skill, first.skill, windowOf(first)];
  let missing = size.teams * size.teamSize - first.playerIds.length;
  for (const other of others) {
    if (missing === 0) break;
    const [nextLow, nextHigh] = [Math.min(low, other.skill), Math.max(high, other.skill)];
    const nextWindow = Math.min(window, windowOf(other));
    const team = tightest(rooms, other.playerIds.length);
    if (team === -1 || nextHigh - nextLow > nextWindow) continue;
    rooms[team]! -= other.playerIds.length;
    missing -= other.playerIds.length;
    chosen.push(other);
    [low, high, window] = [nextLow, nextHigh, nextWindow];
  }
  return missing === 0 ? balanced(chosen, size) : null;
}

/** The team with the least room that is enough; −1 = none has it. */
function tightest(rooms: readonly number[], players: number): number {
  let found = -1;
  for (const [team, room] of rooms.entries())
    if (room >= players && (found === -1 || room < rooms[found]!)) found = team;
  return found;
}

/** Spreads tickets that fill the teams: the largest first, each into the weakest team that leaves the rest a way to fit. */
function balanced<Ticket extends Unit>(tickets: readonly Ticket[], { teamSize, teams }: Size): Seated<Ticket> {
  const bySize = [...tickets].sort((a, b) => b.playerIds.length - a.playerIds.length || b.skill - a.skill);
  const filled = Array.from({ length: teams }, () => ({ tickets: [] as Ticket[], room: teamSize, strength: 0 }));
  const place = (at: number): boolean => {
    const ticket = bySize[at];
    if (ticket === undefined) return true;
    const players = ticket.playerIds.length;
    for (const team of [...filled].sort((a, b) => a.strength - b.strength)) {
      if (team.room < players) continue;
      team.tickets.push(ticket);
      team.room -= players;
      team.strength += ticket.skill * players;
      if (place(at + 1)) return true;
      team.tickets.pop();
      team.room += players;
      team.strength -= ticket.skill * players;
    }
    return false;
  };
  if (!place(0)) throw new Error('tickets that filled the teams once do not fill them again');
  return filled.map((team) => team.tickets);
}
