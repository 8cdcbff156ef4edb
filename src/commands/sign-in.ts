import { device } from '../aggregates/device.ts';
import { playerAccount } from '../aggregates/player-account.ts';
import { session } from '../aggregates/session.ts';
import { DataKeyExists } from '../event-store/errors.ts';
import { deviceStream } from '../events/device.ts';
import type { DeviceHash, PlayerId, SessionId, TenantId } from '../events/ids.ts';
import { playerStream } from '../events/player.ts';
import { sessionStream } from '../events/session.ts';
import { PersonalDataErased, type PersonalDataVault } from '../ports/personal-data.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { loadState, using } from './stream-use.ts';

/** @property linkTo      the signed-in player who wants this device; null = none
 *  @property playerIdOf  the account that a first use makes, by the generation of the device's link
 *  @property client      where the request came from; sealed before it is stored
 *  @property refreshExpiresAt, familyExpiresAt RFC 3339 UTC */
export type SignInWithDevice = {
  readonly deviceHash: DeviceHash;
  readonly linkTo: PlayerId | null;
  playerIdOf(generation: number): PlayerId;
  readonly sessionId: SessionId;
  readonly client: { readonly ip: string; readonly userAgent: string | null };
  readonly refreshHash: string;
  readonly refreshExpiresAt: string;
  readonly familyExpiresAt: string;
};
export type SignedIn = { readonly playerId: PlayerId; readonly sessionId: SessionId };

/** Who signs in without saying who they are acts as the player that the device turns out to be. */
export const anonymousActor = 'anonymous';

type SignInRuntime = CommandRuntime & { readonly vault: PersonalDataVault };

/** Starts a session with a device; its first use makes an account, or links it to `linkTo`. A device whose player is being erased is
 *  used for the first time again. No session starts once its player's erasure was ordered: the account is a condition of the append.
 *  Codes: DEVICE_LINKED_TO_ANOTHER_PLAYER, PLAYER_NOT_FOUND when `linkTo` is nobody any more. */
export async function signInWithDevice(
  runtime: SignInRuntime,
  command: SignInWithDevice,
  context: CommandContext<SignedIn>,
): Promise<Handled<SignedIn>> {
  for (let isFirst = true; ; isFirst = false) {
    try {
      return await attempt(runtime, command, context, isFirst);
    } catch (error) {
      // The player's first key was made elsewhere meanwhile, or the device or its player is not as it was: seal anew.
      if (error instanceof DataKeyExists || error instanceof Overtaken) continue;
      const account = error instanceof PersonalDataErased && playerStream(context.tenant, error.playerId as PlayerId);
      // ordered elsewhere, so what this process remembers of the account is old
      if (!account || !isFirst) throw error;
      runtime.states.delete(account);
    }
  }
}

/** The device or its player turned out not to be what the data was sealed for. */
class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

async function attempt(
  runtime: SignInRuntime,
  command: SignInWithDevice,
  context: CommandContext<SignedIn>,
  isFirst: boolean,
): Promise<Handled<SignedIn>> {
  const { tenant } = context;
  const { deviceHash, linkTo, sessionId } = command;
  const deviceUse = using(device, deviceStream(tenant, deviceHash));
  const known = await loadState(runtime.log, runtime.states, deviceUse);
  const erased = await ownerInErasure(runtime, tenant, known.playerId);
  const owner = erased === null ? known.playerId : null;
  const newPlayerId = command.playerIdOf(known.generation + 1);
  const playerId = owner ?? linkTo ?? newPlayerId;
  const isNew = owner === null && linkTo === null;
  const sealer =
    isNew && isFirst ? runtime.vault.forNewPlayer(tenant, playerId) : await runtime.vault.forWriting(tenant, playerId);
  const client = sealer.encrypt('client', JSON.stringify(command.client));
  const accountUse = using(playerAccount, playerStream(tenant, playerId), isNew ? 'write' : 'condition', isNew);
  const sessionUse = using(session, sessionStream(tenant, sessionId), 'write', true);

  return handle<SignedIn>(
    runtime,
    [deviceUse, accountUse, sessionUse],
    (stateOf) => {
      const { playerId: ownerNow, generation } = stateOf(deviceUse);
      if (ownerNow !== known.playerId || generation !== known.generation) throw new Overtaken();
      const linked = device.decide({ type: 'UseDevice', deviceHash, linkTo, newPlayerId, erased }, stateOf(deviceUse));
      if (linked.rejected !== undefined) return { events: [], outcome: { ok: false, code: linked.rejected } };
      const account = stateOf(accountUse);
      if (!isNew && (!account.registered || account.erasure !== 'none')) {
        if (owner !== null) throw new Overtaken();
        return { events: [], outcome: { ok: false, code: 'PLAYER_NOT_FOUND' } };
      }
      const registered = isNew
        ? playerAccount.decide({ type: 'RegisterPlayer', playerId, method: 'device' }, account).events
        : [];
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
          [deviceUse, linked.events],
          [accountUse, registered],
          [sessionUse, started.events],
        ],
        outcome: { ok: true, value: { playerId, sessionId } },
        dataKeys: sealer.newKey === null ? [] : [sealer.newKey],
      };
    },
    context.actor === anonymousActor ? { ...context, actor: playerId } : context,
  );
}

/** The owner, when their erasure was ordered; else null. */
async function ownerInErasure(
  { log, states }: CommandRuntime,
  tenant: TenantId,
  owner: PlayerId | null,
): Promise<PlayerId | null> {
  if (owner === null) return null;
  const { erasure } = await loadState(log, states, using(playerAccount, playerStream(tenant, owner)));
  return erasure === 'none' ? null : owner;
}
