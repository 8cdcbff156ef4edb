import type { CommandContext, Outcome } from '../commands/context.ts';
import type { Handled } from '../commands/handle.ts';
import { once } from '../commands/once.ts';
import type { JsonValue } from '../events/envelope.ts';
import type { TenantId } from '../events/ids.ts';

/** Something that is to happen at a time.
 *  @property id    what it is about, inside its tenant and agenda; up to 200 characters
 *  @property dueAt milliseconds since 1970 */
export type Due = { readonly tenant: TenantId; readonly id: string; readonly dueAt: number };

/** What an agenda has in hand while it does one due thing. */
export type Task = {
  /** Sends a command on behalf of what is due: it succeeds once for each thing and time, whatever crashes.
   *  @param part tells the commands of one task apart; left out where there is one */
  once<Result extends JsonValue>(
    run: (context: CommandContext<Result>) => Promise<Handled<Result>>,
    part?: string | number,
  ): Promise<Outcome<Result>>;
  /** Milliseconds since 1970. */
  readonly now: number;
};

/** Things that are due at times, found in a read model. What was missed while nobody ran is due when somebody runs again.
 *  @property name    key of its lease and of its commands: never changed, never used again for another purpose
 *  @property everyMs how often it looks
 *  @property due     what is due by `now`, of all tenants, in the order of (dueAt, tenant, id); `after` = the last one of the page before.
 *                    May still show what was done a moment ago
 *  @property perform does one of them. What it throws is told to the operator; it is tried again until it does not throw, and holds up nothing else */
export type Agenda<Item extends Due = Due> = {
  readonly name: string;
  readonly everyMs: number;
  due(now: number, after: Item | null, limit: number): Promise<readonly Item[]>;
  perform(item: Item, task: Task): Promise<void>;
};

/** What one look at an agenda came to. @property oldestMs age of the oldest thing that could not be done; 0 = there is none */
export type AgendaRun = {
  readonly performed: number;
  readonly failed: readonly { readonly item: Due; readonly error: unknown }[];
  readonly oldestMs: number;
};

/** @property fence throws when another process has the agenda now */
export type RunDue = (now: number, fence: () => Promise<void>) => Promise<AgendaRun>;

const pageSize = 100;
const forgetAfterMs = 30_000;

/** Makes the function that does everything that is due. It remembers for a while what it did, so that a read model that is a moment behind
 *  costs nothing; what makes each command count once is its key. */
export function agendaRunner<Item extends Due>(agenda: Agenda<Item>): RunDue {
  const done = new Map<string, number>();
  const forget = (now: number) => {
    for (const [key, at] of done) if (now - at > forgetAfterMs || at > now) done.delete(key);
  };

  return async (now, fence) => {
    forget(now);
    let performed = 0;
    const failed: { item: Due; error: unknown }[] = [];
    for (let after: Item | null = null; ; ) {
      const page: readonly Item[] = await agenda.due(now, after, pageSize);
      await fence();
      for (const item of page) {
        const key = `${item.tenant} ${keyOf(item)}`;
        if (done.has(key)) continue;
        try {
          await agenda.perform(item, taskOf(agenda.name, item, now));
          done.set(key, now);
          performed += 1;
        } catch (error) {
          failed.push({ item, error });
        }
      }
      const last = page.at(-1);
      if (last === undefined || page.length < pageSize) break;
      after = last;
    }
    const oldest = failed[0]?.item.dueAt;
    return { performed, failed, oldestMs: oldest === undefined ? 0 : Math.max(0, now - oldest) };
  };
}

const keyOf = ({ id, dueAt }: Due): string => `${id} ${new Date(dueAt).toISOString()}`;

function taskOf(agenda: string, item: Due, now: number): Task {
  const { tenant } = item;
  const what = keyOf(item);
  return {
    now,
    async once(run, part) {
      const key = part === undefined ? what : `${what}/${part}`;
      const place = { tenant, scope: `agenda ${agenda}`, key };
      const base = { tenant, actor: `agenda:${agenda}`, correlationId: `${agenda} ${what}`, now };
      return (await once(place, base, run)).outcome;
    },
  };
}
