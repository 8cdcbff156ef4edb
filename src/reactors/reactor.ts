import type { CommandContext, Outcome } from '../commands/context.ts';
import type { Handled } from '../commands/handle.ts';
import { type BaseContext, once } from '../commands/once.ts';
import { type DomainEvent, parseEventAs } from '../events/catalogue.ts';
import type { JsonValue, RecordedEvent } from '../events/envelope.ts';

/** What a reactor has in hand while it answers to one event. */
export type Reaction = {
  /** Sends a command on behalf of the event. However often the event comes, the command succeeds once.
   *  @param part tells the commands of one reaction apart; left out where there is one */
  once<Result extends JsonValue>(
    run: (context: CommandContext<Result>) => Promise<Handled<Result>>,
    part?: string | number,
  ): Promise<Outcome<Result>>;
  /** Called between the steps of a long reaction, each of which leaves its progress behind: the event stays with this process for another
   *  lease time. @throws when another process has it by now */
  keep(): Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: number;
};

/** Turns recorded events into further commands. An event may come more than once, and events of different streams in any order;
 *  those of one stream come oldest first.
 *  @property name key of its checkpoints and of its commands: never changed, never used again for another purpose
 *  @property from where it begins when it runs for the first time: `beginning` = it also answers to all history
 *  @property types event types it wants
 *  @property batchSize most events in hand at once. What they take together stays well below the lease time, or `reaction.keep` is called
 *  @property react  throws when the event cannot be answered: that stops the event's partition for this reactor until it can, or an operator
 *                   skips it. A refusal that is no surprise is no reason to throw */
export type Reactor = {
  readonly name: string;
  readonly from: 'beginning' | 'first start';
  readonly types: readonly string[];
  readonly batchSize?: number;
  react(event: RecordedEvent, reaction: Reaction): Promise<void>;
};

/** A reactor on events of the domain, which reach it parsed. */
export const defineReactor = <E extends DomainEvent>(definition: {
  readonly name: string;
  readonly from: Reactor['from'];
  readonly types: readonly E['type'][];
  readonly batchSize?: number;
  react(event: RecordedEvent<E>, reaction: Reaction): Promise<void>;
}): Reactor => ({
  ...definition,
  react: (event, reaction) => definition.react(parseEventAs<E>(event), reaction),
});

/** For reactions that nobody shares. */
export const alone: Reaction['keep'] = async () => undefined;

/** The reaction of a reactor to an event.
 *  @param now milliseconds since 1970 */
export function reactionTo(event: RecordedEvent, reactor: string, now: number, keep: Reaction['keep']): Reaction {
  const { tenant, eventId, metadata, recordedAt } = event;
  return reactionWith(reactor, keep, {
    tenant,
    actor: `reactor:${reactor}`,
    correlationId: metadata.correlationId ?? eventId,
    causationId: eventId,
    causedAt: recordedAt,
    traceparent: metadata.traceparent,
    now,
  });
}

/** The reaction to an event of which no more than its id is at hand: what the reactor left undone is done under the keys that it would have
 *  used, so nothing is done twice.
 *  @param now milliseconds since 1970 */
export const lateReactionTo = (
  { tenant, eventId }: Pick<RecordedEvent, 'tenant' | 'eventId'>,
  reactor: string,
  now: number,
): Reaction =>
  reactionWith(reactor, alone, {
    tenant,
    actor: `reactor:${reactor}`,
    correlationId: eventId,
    causationId: eventId,
    now,
  });

const reactionWith = (
  reactor: string,
  keep: Reaction['keep'],
  context: BaseContext & { readonly causationId: string },
): Reaction => ({
  keep,
  now: context.now,
  async once(run, part) {
    const { tenant, causationId } = context;
    const key = part === undefined ? causationId : `${causationId}/${part}`;
    return (await once({ tenant, scope: `reactor ${reactor}`, key }, context, run)).outcome;
  },
});
