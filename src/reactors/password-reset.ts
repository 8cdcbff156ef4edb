import type { CommandRuntime } from '../commands/handle.ts';
import { changeSession } from '../commands/session.ts';
import type { EmailEvent } from '../events/email.ts';
import type { PlayerId, SessionId, TenantId } from '../events/ids.ts';
import { defineReactor, type Reactor } from './reactor.ts';

type PasswordChanged = Extract<EmailEvent, { type: 'EmailPasswordChanged' }>;

/** Ends the sign-ins from before a password was changed: whoever knew the old one is out.
 *  @param startedBefore sessions of a player that began before a time (µs since 1970), read after everything committed until now */
export const passwordReset = (
  runtime: CommandRuntime,
  startedBefore: (tenant: TenantId, playerId: PlayerId, time: bigint) => Promise<readonly SessionId[]>,
  tokenLifeS: number,
): Reactor =>
  defineReactor<PasswordChanged>({
    name: 'password-reset',
    from: 'beginning',
    types: ['EmailPasswordChanged'],
    async react({ tenant, data: { playerId }, recordedAt }, reaction) {
      const tokensExpireAt = new Date(reaction.now + tokenLifeS * 1000).toISOString();
      for (const sessionId of await startedBefore(tenant, playerId, recordedAt)) {
        const command = { type: 'RevokeSession', sessionId, reason: 'password_reset', tokensExpireAt } as const;
        await reaction.once((context) => changeSession(runtime, command, context), sessionId);
      }
    },
  });
