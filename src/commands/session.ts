import { type RefreshSession, type RevokeSession, session } from '../aggregates/session.ts';
import type { PlayerId } from '../events/ids.ts';
import { sessionStream } from '../events/session.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { using } from './stream-use.ts';

/** Rotates a session's refresh token, or revokes the session.
 *  Codes: REFRESH_TOKEN_INVALID, REFRESH_TOKEN_REUSED (which revokes the whole family), SESSION_NOT_FOUND. */
export function changeSession(
  runtime: CommandRuntime,
  command: RefreshSession | RevokeSession,
  context: CommandContext<{ readonly playerId: PlayerId }>,
): Promise<Handled<{ readonly playerId: PlayerId }>> {
  const stream = using(session, sessionStream(context.tenant, command.sessionId));
  return handle(
    runtime,
    [stream],
    (stateOf) => {
      const state = stateOf(stream);
      const { events, rejected } = session.decide(command, state);
      if (rejected !== undefined) return { events: [[stream, events]], outcome: { ok: false, code: rejected } };
      if (state.phase === 'absent') throw new Error('an absent session accepted a command');
      return { events: [[stream, events]], outcome: { ok: true, value: { playerId: state.playerId } } };
    },
    context,
  );
}
