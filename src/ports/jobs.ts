import type { NotificationId, PlayerId, TenantId } from '../events/ids.ts';
import type { ExternalChannel } from '../events/notification.ts';

/** Something to do outside of the house. What it is about stands in the log; a job only says where to look, so that a job that is lost or
 *  comes twice changes nothing.
 *  @property attempts failed ones before this one */
export type Job =
  | {
      readonly kind: 'bot_command';
      readonly tenant: TenantId;
      readonly bot: string;
      readonly updateId: number;
      readonly attempts: number;
    }
  | {
      readonly kind: 'sending';
      readonly tenant: TenantId;
      readonly notificationId: NotificationId;
      readonly playerId: PlayerId;
      readonly channel: ExternalChannel;
      readonly attempts: number;
    };

/** @property dueAt milliseconds since 1970 */
export type DueJob = { readonly job: Job; readonly dueAt: number };

/** The same for the same attempt of the same job; made of letters, digits, `-`, `_`, `.` and `~`. */
export const jobId = (job: Job): string =>
  (job.kind === 'bot_command'
    ? ['bot', job.tenant, job.bot, job.updateId, job.attempts]
    : ['sending', job.tenant, job.notificationId, job.playerId, job.channel, job.attempts]
  ).join('~');

/** Brings jobs to whoever does them. */
export interface JobQueue {
  /** Takes jobs; those that it has already are left out. May lose any of them: the log knows what is to be done. */
  add(jobs: readonly DueJob[]): Promise<void>;
  /** Jobs that wait or are being done in this process. */
  size(): number;
  /** Ends after the jobs in hand. */
  stop(): Promise<void>;
}

/** Does a job. Throws only what says nothing about the job, such as a database that does not answer. */
export type JobHandler = (job: Job) => Promise<void>;
