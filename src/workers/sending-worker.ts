import { changeDelivery, readDelivery } from '../commands/notification.ts';
import type { EmailHash } from '../events/ids.ts';
import { deliveryStream } from '../events/notification.ts';
import type { Job } from '../ports/jobs.ts';
import type { SentVia } from '../ports/outside.ts';
import { failedAttempt } from './attempt.ts';
import { contextOf, type WorkerContext } from './context.ts';

type Sending = Extract<Job, { kind: 'sending' }>;
type Text = { readonly title: string; readonly content: string; readonly expiresAt: string; readonly key: string };

/** Sends a notification to a player by one channel, and records what came of it. */
export async function runSending(context: WorkerContext, job: Sending): Promise<void> {
  const { tenant, notificationId, playerId, channel } = job;
  const { runtime, now } = context;
  const place = { notificationId, playerId, channel };
  const about = deliveryStream(tenant, notificationId, playerId);
  const state = await readDelivery(runtime, tenant, notificationId, playerId);
  const sending = state.phase === 'absent' ? undefined : state.sendings[channel];
  if (state.phase === 'absent' || sending?.status !== 'pending' || sending.attempts !== job.attempts) return;
  const record = (command: Parameters<typeof changeDelivery>[1]) =>
    changeDelivery(runtime, command, contextOf(context, tenant, about));
  const skip = (reason: string) => record({ type: 'SkipSending', ...place, reason });
  if (now() >= state.expiresAt) return void (await skip('expired'));
  const title = await context.open(tenant, playerId, 'notification_title', state.title);
  const content = await context.open(tenant, playerId, 'notification_content', state.content);
  if (title === null || content === null) return void (await skip('erased'));
  const text = { title, content, expiresAt: new Date(state.expiresAt).toISOString(), key: `${about}/${channel}` };
  const to = { ...job, emailHash: state.emailHash };
  let via: SentVia | null;
  try {
    via = await send(context, to, text);
  } catch (error) {
    const { random, backoff } = context;
    const failed = failedAttempt(error, sending.attempts + 1, { now: now(), random, backoff });
    await record({ type: 'RecordFailure', ...place, ...failed });
    return;
  }
  if (via === null) await skip('no_address');
  else await record({ type: 'RecordSent', ...place, via });
}

/** @returns null when the player cannot be reached this way */
async function send(
  context: WorkerContext,
  { tenant, playerId, channel, emailHash }: Sending & { readonly emailHash: EmailHash | null },
  text: Text,
): Promise<SentVia | null> {
  const { title, content, expiresAt, key } = text;
  if (channel === 'push') return context.push.push({ tenant, playerId, title, content, expiresAt, key });
  const to = await context.emailOf(tenant, playerId, emailHash);
  return to === null ? null : context.mailer.send({ tenant, to, subject: title, text: content, key });
}
