import { device } from '../aggregates/device.ts';
import { playerAccount } from '../aggregates/player-account.ts';
import { session } from '../aggregates/session.ts';
import { DataKeyExists } from '../event-store/errors.ts';
import { deviceStream } from '../events/device.ts';
import type { DeviceHash, PlayerId, SessionId } from '../events/ids.ts';
import { playerStream } from '../events/player.ts';
import { sessionStream } from '../events/session.ts';
import type { PersonalDataVault } from '../ports/personal-data.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { loadState, using } from './stream-use.ts';

/** @property linkTo      the signed-in player who wants this device; null = none
 *  @property newPlayerId the account that a first use makes
 *  @property client      where the request came from; sealed before it is stored
 *  @property refreshExpiresAt, familyExpiresAt RFC 3339 UTC */
export type SignInWithDevice = {
  readonly deviceHash: DeviceHash;
  readonly linkTo: PlayerId | null;
  readonly newPlayerId: PlayerId;
  readonly sessionId: SessionId;
  readonly client: { readonly ip: string; readonly userAgent: string | null };
  readonly refreshHash: string;
  readonly refreshExpiresAt: string;
  readonly familyExpiresAt: string;
};
export type SignedIn = { readonly playerId: PlayerId; readonly sessionId: SessionId };

/** Starts a session with a device; its first use makes an account, or links it to `linkTo`.
 *  Code: DEVICE_LINKED_TO_ANOTHER_PLAYER. */
export async function signInWithDevice(
  runtime: CommandRuntime & { readonly vault: PersonalDataVault },
  command: SignInWithDevice,
  context: CommandContext<SignedIn>,
): Promise<Handled<SignedIn>> {
  for (let isFirst = true; ; isFirst = false) {
    try {
      return await attempt(runtime, command, context, isFirst);
    } catch (error) {
      // The player's first key was made elsewhere meanwhile, or the device became another player's: seal anew.
      if (!(error instanceof DataKeyExists || error instanceof SealedForAnother)) throw error;
    }
  }
}

/** The device turned out to be another player's than the data was sealed for. */
class SealedForAnother extends Error {
  override readonly name = 'SealedForAnother';
}

async function attempt(
  runtime: CommandRuntime & { readonly vault: PersonalDataVault },
  command: SignInWithDevice,
  context: CommandContext<SignedIn>,
  isFirst: boolean,
): Promise<Handled<SignedIn>> {
  const { tenant } = context;
  const { deviceHash, linkTo, newPlayerId, sessionId } = command;
  const deviceUse = using(device, deviceStream(tenant, deviceHash));
  const { playerId: owner } = await loadState(runtime.log, runtime.states, deviceUse);
  const playerId = owner ?? linkTo ?? newPlayerId;
  const isNew = owner === null && linkTo === null;
  const sealer =
    isNew && isFirst ? runtime.vault.forNewPlayer(tenant, playerId) : await runtime.vault.forWriting(tenant, playerId);
  const client = sealer.encrypt('client', JSON.stringify(command.client));
  const playerUse = using(playerAccount, playerStream(tenant, playerId), 'write', isNew);
  const sessionUse = using(session, sessionStream(tenant, sessionId), 'write', true);

  return handle<SignedIn>(
    runtime,
    owner === null ? [deviceUse, playerUse, sessionUse] : [deviceUse, sessionUse],
    (stateOf) => {
      const { events, rejected } = device.decide(
        { type: 'UseDevice', deviceHash, linkTo, newPlayerId },
        stateOf(deviceUse),
      );
      if (rejected !== undefined) return { events: [], outcome: { ok: false, code: rejected } };
      const signedInAs = events[0]?.data.playerId ?? stateOf(deviceUse).playerId;
      if (signedInAs !== playerId) throw new SealedForAnother();
      const registered =
        owner === null
          ? playerAccount.decide({ type: 'RegisterPlayer', playerId, method: 'device' }, stateOf(playerUse))
          : null;
      const { refreshHash, refreshExpiresAt, familyExpiresAt } = command;
      const started = session.decide(
        {
          type: 'StartSession',
          sessionId,
          playerId,
          method: 'device',
          deviceHash,
          client,
          refreshHash,
          refreshExpiresAt,
          familyExpiresAt,
        },
        stateOf(sessionUse),
      );
      return {
        events: [
          [deviceUse, events],
          [playerUse, registered?.events ?? []],
          [sessionUse, started.events],
        ],
        outcome: { ok: true, value: { playerId, sessionId } },
        dataKeys: sealer.newKey === null ? [] : [sealer.newKey],
      };
    },
    context,
  );
}
