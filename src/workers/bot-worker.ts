import type { SealedUpdate } from '../commands/bot-command.ts';
import { changeBotCommand, dataSubject, readBotCommand, sealedUpdateField } from '../commands/bot-command.ts';
import { botCommandStream, type UpdateRef } from '../events/bot-command.ts';
import type { TenantId } from '../events/ids.ts';
import { failedAttempt } from './attempt.ts';
import { answerTo } from './bot-answers.ts';
import { contextOf, type WorkerContext } from './context.ts';

/** Does a bot command, answers, and records what it came to. Nothing is done for one that is done, dead, or not due yet.
 *  @param ref.attempts failed ones that the job knows of */
export async function runBotCommand(
  context: WorkerContext,
  tenant: TenantId,
  { attempts, ...ref }: UpdateRef & { readonly attempts: number },
): Promise<void> {
  const { runtime, messenger } = context;
  const about = botCommandStream(tenant, ref);
  const state = await readBotCommand(runtime, tenant, ref);
  if ((state.phase !== 'queued' && state.phase !== 'failed') || state.attempts !== attempts) return;
  const record = (command: Parameters<typeof changeBotCommand>[1]) =>
    changeBotCommand(runtime, command, contextOf(context, tenant, about));
  const clear = await context.open(tenant, dataSubject(state.contactId), sealedUpdateField, state.sealed);
  if (clear === null) {
    await record({ type: 'CompleteBotCommand', ...ref, result: 'erased', reply: 'none' });
    return;
  }
  const { chatId, argument } = JSON.parse(clear) as SealedUpdate;
  const { contactId, command } = state;
  const { result, text } = await answerTo(context, { tenant, contactId, command, argument, about });
  let via: Awaited<ReturnType<typeof messenger.send>>;
  try {
    via = await messenger.send({ tenant, bot: ref.bot, chatId, text, key: about });
  } catch (error) {
    const { random, backoff } = context;
    const failed = failedAttempt(error, state.attempts + 1, { now: context.now(), random, backoff });
    await record({ type: 'FailBotCommand', ...ref, ...failed });
    return;
  }
  await record({ type: 'CompleteBotCommand', ...ref, result, reply: via === 'gateway' ? 'sent' : 'recorded' });
}
