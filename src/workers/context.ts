import type { CommandRuntime } from '../commands/handle.ts';
import type { BaseContext } from '../commands/once.ts';
import type { EmailHash, PlayerId, SeasonName, TenantId } from '../events/ids.ts';
import type { Mailer } from '../ports/mailer.ts';
import type { Messenger } from '../ports/messenger.ts';
import type { PushSender } from '../ports/push.ts';
import type { Ranking } from '../ports/ranking.ts';
import type { Backoff } from './attempt.ts';

/** What workers do their jobs with.
 *  @property open        a sealed text in clear; null = the data key is gone
 *  @property openSeasons seasons of a tenant that take scores
 *  @property hashCode    what a link code stands under in the log
 *  @property emailOf     where a player gets e-mail: at the address that is asked for, else at one that was verified; null = nowhere
 *  @property random      from 0 to below 1
 *  @property now         milliseconds since 1970 */
export type WorkerContext = {
  readonly runtime: CommandRuntime & { readonly ranking: Ranking };
  readonly messenger: Messenger;
  readonly mailer: Mailer;
  readonly push: PushSender;
  readonly open: (tenant: TenantId, subject: PlayerId, field: string, sealed: string) => Promise<string | null>;
  readonly openSeasons: (tenant: TenantId) => Promise<readonly SeasonName[]>;
  readonly hashCode: (tenant: TenantId, code: string) => string;
  readonly emailOf: (tenant: TenantId, player: PlayerId, only: EmailHash | null) => Promise<string | null>;
  readonly backoff: Backoff;
  readonly random: () => number;
  readonly now: () => number;
};

/** The context of what a worker records about a job. */
export const contextOf = ({ now }: WorkerContext, tenant: TenantId, about: string): BaseContext => ({
  tenant,
  actor: 'worker',
  correlationId: about,
  now: now(),
});
