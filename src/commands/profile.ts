import { playerAccount } from '../aggregates/player-account.ts';
import { DataKeyExists } from '../event-store/errors.ts';
import type { PlayerId } from '../events/ids.ts';
import { playerStream } from '../events/player.ts';
import type { PersonalDataVault } from '../ports/personal-data.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { using } from './stream-use.ts';

/** Sets the name shown in leaderboards, sealed with the player's data key. Code: PLAYER_NOT_FOUND. */
export async function changeDisplayName(
  runtime: CommandRuntime & { readonly vault: PersonalDataVault },
  { playerId, displayName }: { readonly playerId: PlayerId; readonly displayName: string },
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const stream = using(playerAccount, playerStream(context.tenant, playerId));
  for (;;) {
    const sealer = await runtime.vault.forWriting(context.tenant, playerId);
    const sealed = sealer.encrypt('display_name', displayName);
    try {
      return await handle(
        runtime,
        [stream],
        (stateOf) => {
          const command = { type: 'ChangeDisplayName', playerId, displayName: sealed } as const;
          const { events, rejected } = playerAccount.decide(command, stateOf(stream));
          if (rejected !== undefined) return { events: [], outcome: { ok: false, code: rejected } };
          const dataKeys = sealer.newKey === null ? [] : [sealer.newKey];
          return { events: [[stream, events]], outcome: { ok: true, value: null }, dataKeys };
        },
        context,
      );
    } catch (error) {
      // The player's first key was made elsewhere meanwhile: seal with that one.
      if (!(error instanceof DataKeyExists)) throw error;
    }
  }
}
