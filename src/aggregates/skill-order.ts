type Skilled = { readonly skill: number };

/** Tickets in the order of skill, from which single ones leave. */
export type SkillOrder<Ticket> = {
  remove(ticket: Ticket): void;
  /** All that are left, the nearest to a skill of the order first, of equally near ones the eldest of each side. */
  nearest(skill: number): Iterable<Ticket>;
};

/** @property tickets the eldest first
 *  @property below, above neighbours that are not empty; −1 and the number of levels are the ends */
type Level<Ticket> = { readonly skill: number; readonly tickets: Set<Ticket>; below: number; above: number };

/** Makes an order. @param tickets the eldest first */
export function skillOrder<Ticket extends Skilled>(tickets: readonly Ticket[]): SkillOrder<Ticket> {
  const skills = [...new Set(tickets.map(({ skill }) => skill))].sort((a, b) => a - b);
  const levels = skills.map(
    (skill, at): Level<Ticket> => ({ skill, tickets: new Set(), below: at - 1, above: at + 1 }),
  );
  const placeOf = new Map(skills.map((skill, at) => [skill, at]));
  const levelOf = (skill: number): Level<Ticket> | undefined => levels[placeOf.get(skill) ?? -1];
  for (const ticket of tickets) levelOf(ticket.skill)?.tickets.add(ticket);

  return {
    *nearest(skill) {
      const here = levelOf(skill);
      if (here === undefined) return;
      yield* here.tickets;
      let below = levels[here.below];
      let above = levels[here.above];
      while (below !== undefined || above !== undefined) {
        const down = below === undefined ? Number.POSITIVE_INFINITY : skill - below.skill;
        const up = above === undefined ? Number.POSITIVE_INFINITY : above.skill - skill;
        if (below !== undefined && down <= up) {
          yield* below.tickets;
          below = levels[below.below];
        } else if (above !== undefined) {
          yield* above.tickets;
          above = levels[above.above];
        }
      }
    },
    remove(ticket) {
      const level = levelOf(ticket.skill);
      if (level === undefined || !level.tickets.delete(ticket) || level.tickets.size > 0) return;
      const [below, above] = [levels[level.below], levels[level.above]];
      if (above !== undefined) above.below = level.below;
      if (below !== undefined) below.above = level.above;
    },
  };
}
