import { randomUUID } from 'node:crypto';
import { type Mode, matchUp, type Proposal } from '../aggregates/matchmaking.ts';
import { matchmakingTicket } from '../aggregates/matchmaking-ticket.ts';
import { seat } from '../aggregates/seat.ts';
import type { Widening } from '../aggregates/skill-window.ts';
import type { CommandContext } from '../commands/context.ts';
import type { CommandRuntime } from '../commands/handle.ts';
import { expireTicket } from '../commands/matchmaking.ts';
import { startMatch } from '../commands/start-match.ts';
import { StateCache } from '../commands/state-cache.ts';
import { StreamLocks } from '../commands/stream-locks.ts';
import { using } from '../commands/stream-use.ts';
import type { EventLog } from '../event-store/port.ts';
import type { RecordedEvent } from '../events/envelope.ts';
import type { MatchId, TenantId } from '../events/ids.ts';
import { type PeriodicContext, type RunningPeriodic, runPeriodically } from '../processors/periodic.ts';
import type { MatchmakingQueue } from '../projections/matchmaking-queue.ts';
import type { OpenTicket } from '../projections/matchmaking-tickets.ts';

/** @property matchMs how long a match may run
 *  @property now     milliseconds since 1970 */
export type MatchmakerOptions = PeriodicContext & {
  readonly log: EventLog;
  readonly queue: MatchmakingQueue;
  readonly modes: readonly Mode[];
  readonly widening: Widening;
  readonly matchMs: number;
  readonly now: () => number;
};

/** Puts waiting tickets into matches until stopped. */
export type Matchmaker = Pick<RunningPeriodic, 'held' | 'problem' | 'stop'>;

/** Windows widen meanwhile, so tickets that found nobody are looked at again. */
const againMs = 250;
/** Tickets that come at about the same time choose among each other. */
const gatherMs = 20;
/** How long tickets of a match that could not start stay out: until then the queue has heard why. */
const asideMs = 300;
const rememberedStates = 20_000;

/** Starts this process's matchmaker; of all processes one at a time works, so that no work is done twice. That nobody gets
 *  into two matches is the log's doing, not the lease's. */
export function startMatchmaker(options: MatchmakerOptions): Matchmaker {
  const { log, queue, modes, widening, now } = options;
  const runtime = { log, states: new StateCache(rememberedStates), locks: new StreamLocks() };
  const aside = new Map<string, number>();

  const contextIn = (tenant: TenantId): CommandContext<null> => ({
    tenant,
    actor: 'matchmaker',
    correlationId: randomUUID(),
    now: now(),
  });

  async function start(tenant: TenantId, { mode, teams }: Proposal<OpenTicket>) {
    const tickets = teams.flat();
    for (const ticket of tickets) for (const event of queue.eventsOf(ticket)) remember(runtime, event);
    const matchId = randomUUID() as MatchId;
    const endsBy = new Date(now() + options.matchMs).toISOString();
    const { outcome } = await startMatch(runtime, { matchId, mode, teams, endsBy }, contextIn(tenant));
    if (!outcome.ok) for (const { ticketId } of tickets) aside.set(ticketId, now() + asideMs);
  }

  async function round(fence: () => Promise<void>) {
    const at = now();
    for (const [ticketId, until] of aside) if (until <= at) aside.delete(ticketId);
    const work: (() => Promise<unknown>)[] = [];
    for (const [tenant, all] of queue.tickets()) {
      const tickets = all.filter(({ ticketId }) => !aside.has(ticketId));
      for (const { ticketId, expiresAt } of tickets)
        if (expiresAt <= at) work.push(() => expireTicket(runtime, ticketId, contextIn(tenant)));
      for (const proposal of matchUp(tickets, modes, widening, at)) work.push(() => start(tenant, proposal));
    }
    if (work.length === 0) return;
    await fence();
    for (const ended of await Promise.allSettled(work.map((each) => each())))
      if (ended.status === 'rejected') throw ended.reason;
  }

  const running = runPeriodically({ name: 'matchmaker', everyMs: againMs, run: round }, options);
  let gathering: ReturnType<typeof setTimeout> | undefined;
  const unsubscribe = queue.onEnqueued(() => {
    gathering ??= setTimeout(() => {
      gathering = undefined;
      running.nudge();
    }, gatherMs);
  });
  return {
    held: running.held,
    problem: running.problem,
    async stop() {
      unsubscribe();
      clearTimeout(gathering);
      await running.stop();
    },
  };
}

/** Lets a command decide on what the queue has seen; should more have happened meanwhile, its append is refused. */
function remember({ states }: CommandRuntime, event: RecordedEvent): void {
  const known = states.get(event.streamId);
  if (known !== undefined && known.version >= event.version) return;
  const use = using<unknown, never>(event.type === 'TicketEnqueued' ? matchmakingTicket : seat, event.streamId);
  // each of the two events tells the whole state, whatever was before it
  states.set(event.streamId, { state: use.evolveOwn(use.initial, event), version: event.version });
}
