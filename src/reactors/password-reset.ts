import type { CommandRuntime } from '../commands/handle.ts';
import { changeSession } from '../commands/session.ts';
import type { EmailEvent } from '../events/email.ts';
import type { PlayerId, SessionId, TenantId } from '../events/ids.ts';
import { defineReactor, type Reactor } from './reactor.ts';

type PasswordChanged = Extract<EmailEvent, { type: 'EmailPasswordChanged' }>;

/** Ends the sign-ins from before a password was changed: whoever knew the old one is out. What was appended together with the change has its
 *  time, and may have been decided before it; a sign-in with the new password is later.
 *  @param sessionsOf a player's sessions, read after everything committed until now; `startedAt` µs since 1970 */
export const passwordReset = (
  runtime: CommandRuntime,
  sessionsOf: (
    tenant: TenantId,
    playerId: PlayerId,
  ) => Promise<readonly { readonly sessionId: SessionId; readonly startedAt: bigint }[]>,
  tokenLifeS: number,
): Reactor =>
  defineReactor<PasswordChanged>({
    name: 'password-reset',
    from: 'beginning',
    types: ['EmailPasswordChanged'],
    async react({ tenant, data: { playerId }, recordedAt }, reaction) {
      const tokensExpireAt = new Date(reaction.now + tokenLifeS * 1000).toISOString();
      for (const { sessionId, startedAt } of await sessionsOf(tenant, playerId)) {
        if (startedAt > recordedAt) continue;
        const command = { type: 'RevokeSession', sessionId, reason: 'password_reset', tokensExpireAt } as const;
        await reaction.once((context) => changeSession(runtime, command, context), sessionId);
      }
    },
  });
