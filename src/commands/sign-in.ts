import type { Credential } from '../aggregates/credentials.ts';
import type { Decision } from '../aggregates/decider.ts';
import { type Device, device } from '../aggregates/device.ts';
import { type PlayerAccount, playerAccount } from '../aggregates/player-account.ts';
import { session } from '../aggregates/session.ts';
import { DataKeyExists } from '../event-store/errors.ts';
import type { DomainEvent } from '../events/catalogue.ts';
import { deviceStream } from '../events/device.ts';
import type { DeviceHash, PlayerId, SessionId, TenantId } from '../events/ids.ts';
import { type PlayerEvent, playerStream, type SignInMethod } from '../events/player.ts';
import { sessionStream } from '../events/session.ts';
import { PersonalDataErased, type PersonalDataSealer, type PersonalDataVault } from '../ports/personal-data.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { loadState, type StreamUse, using } from './stream-use.ts';

/** @property linkTo      the signed-in player who wants to sign in with this too; null = none
 *  @property playerIdOf  the account that a first use makes, by the generation of the credential's link
 *  @property admitNewPlayer asked before an account is made, perhaps more than once; throws when none may be
 *  @property client      where the request came from; sealed before it is stored
 *  @property refreshExpiresAt, familyExpiresAt RFC 3339 UTC */
export type NewSession = {
  readonly linkTo: PlayerId | null;
  playerIdOf(generation: number): PlayerId;
  admitNewPlayer(): void;
  readonly sessionId: SessionId;
  readonly client: { readonly ip: string; readonly userAgent: string | null };
  readonly refreshHash: string;
  readonly refreshExpiresAt: string;
  readonly familyExpiresAt: string;
};
export type SignInWithDevice = NewSession & { readonly deviceHash: DeviceHash };
export type SignedIn = { readonly playerId: PlayerId; readonly sessionId: SessionId };

/** Who signs in without saying who they are acts as the player that the device turns out to be. */
export const anonymousActor = 'anonymous';

type SignInRuntime = CommandRuntime & { readonly vault: PersonalDataVault };

/** Whose a credential is, and how many players it has had. */
type Owned = { readonly playerId: PlayerId | null; readonly generation: number };

/** @property newPlayerId whom a first use makes; @property erased the owner, when they are being erased */
export type Claim = {
  readonly linkTo: PlayerId | null;
  readonly newPlayerId: PlayerId;
  readonly erased: PlayerId | null;
  readonly sealer: PersonalDataSealer;
};

/** What a session is started with.
 *  @property credential the hash in the name of its stream
 *  @property claim      what follows in its stream; a refusal ends the sign-in */
export type SignInCredential<State extends Owned = Owned> = {
  readonly method: SignInMethod;
  readonly credential: string;
  readonly use: StreamUse<State>;
  claim(state: State, claim: Claim): Decision<DomainEvent, string>;
};

/** Starts a session with a device; its first use makes an account, or links it to `linkTo`. A device whose player is being erased is
 *  used for the first time again. No session starts once its player's erasure was ordered: the account is a condition of the append.
 *  Codes: DEVICE_LINKED_TO_ANOTHER_PLAYER, PLAYER_NOT_FOUND when `linkTo` is nobody any more. */
export const signInWithDevice = (
  runtime: SignInRuntime,
  { deviceHash, ...session }: SignInWithDevice,
  context: CommandContext<SignedIn>,
): Promise<Handled<SignedIn>> =>
  signIn<Device>(
    runtime,
    {
      method: 'device',
      credential: deviceHash,
      use: using(device, deviceStream(context.tenant, deviceHash)),
      claim: (state, { sealer: _, ...claim }) => device.decide({ type: 'UseDevice', deviceHash, ...claim }, state),
    },
    session,
    context,
  );

/** Starts a session with any credential, as {@link signInWithDevice} does with a device.
 *  Codes: those of the credential, and PLAYER_NOT_FOUND when `linkTo` is nobody any more. */
export async function signIn<State extends Owned>(
  runtime: SignInRuntime,
  credential: SignInCredential<State>,
  command: NewSession,
  context: CommandContext<SignedIn>,
): Promise<Handled<SignedIn>> {
  for (let isFirst = true; ; isFirst = false) {
    try {
      return await attempt(runtime, credential, command, context, isFirst);
    } catch (error) {
      // The player's first key was made elsewhere meanwhile, or the credential or its player is not as it was: seal anew.
      if (error instanceof DataKeyExists || error instanceof Overtaken) continue;
      const account = error instanceof PersonalDataErased && playerStream(context.tenant, error.playerId as PlayerId);
      // ordered elsewhere, so what this process remembers of the account is old
      if (!account || !isFirst) throw error;
      runtime.states.delete(account);
    }
  }
}

/** The credential or its player turned out not to be what the data was sealed for. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

async function attempt<State extends Owned>(
  runtime: SignInRuntime,
  { method, credential, use, claim }: SignInCredential<State>,
  command: NewSession,
  context: CommandContext<SignedIn>,
  isFirst: boolean,
): Promise<Handled<SignedIn>> {
  const { tenant } = context;
  const { linkTo, sessionId } = command;
  const known = await loadState(runtime.log, runtime.states, use);
  const erased = await ownerInErasure(runtime, tenant, known.playerId);
  const owner = erased === null ? known.playerId : null;
  const newPlayerId = command.playerIdOf(known.generation + 1);
  const playerId = owner ?? linkTo ?? newPlayerId;
  const isNew = owner === null && linkTo === null;
  if (isNew) await admit(runtime, use, known, command);
  const sealer =
    isNew && isFirst ? runtime.vault.forNewPlayer(tenant, playerId) : await runtime.vault.forWriting(tenant, playerId);
  const client = sealer.encrypt('client', JSON.stringify(command.client));
  const accountUse = using(
    playerAccount,
    playerStream(tenant, playerId),
    owner === null ? 'write' : 'condition',
    isNew,
  );
  const sessionUse = using(session, sessionStream(tenant, sessionId), 'write', true);

  return handle<SignedIn>(
    runtime,
    [use, accountUse, sessionUse],
    (stateOf) => {
      const state = stateOf(use);
      if (state.playerId !== known.playerId || state.generation !== known.generation) throw new Overtaken();
      const claimed = claim(state, { linkTo, newPlayerId, erased, sealer });
      if (claimed.rejected !== undefined) return { events: [], outcome: { ok: false, code: claimed.rejected } };
      const account = stateOf(accountUse);
      if (!isNew && (!account.registered || account.erasure !== 'none')) {
        if (owner !== null) throw new Overtaken();
        return { events: [], outcome: { ok: false, code: 'PLAYER_NOT_FOUND' } };
      }
      const { refreshHash, refreshExpiresAt, familyExpiresAt } = command;
      const started = session.decide(
        {
          type: 'StartSession',
          sessionId,
          playerId,
          method,
          deviceHash: method === 'device' ? (credential as DeviceHash) : null,
          client,
          refreshHash,
          refreshExpiresAt,
          familyExpiresAt,
        },
        stateOf(sessionUse),
      );
      return {
        events: [
          [use, claimed.events],
          [accountUse, owner === null ? accountEvents(account, isNew, { playerId, method, credential }) : []],
          [sessionUse, started.events],
        ],
        outcome: { ok: true, value: { playerId, sessionId } },
        dataKeys: sealer.newKey === null ? [] : [sealer.newKey],
      };
    },
    context.actor === anonymousActor ? { ...context, actor: playerId } : context,
  );
}

/** Asks whether an account may be made; what this process remembers of the credential may be old, so a denial is looked at twice. */
async function admit<State extends Owned>(
  { log, states }: CommandRuntime,
  use: StreamUse<State>,
  known: State,
  { admitNewPlayer }: NewSession,
): Promise<void> {
  try {
    admitNewPlayer();
  } catch (denial) {
    const { playerId, generation } = await loadState(log, states, use, true);
    throw playerId === known.playerId && generation === known.generation ? denial : new Overtaken();
  }
}

/** What the account is told of a credential that became its player's. */
export function accountEvents(
  account: PlayerAccount,
  isNew: boolean,
  { playerId, method, credential }: Credential & { readonly playerId: PlayerId },
): readonly PlayerEvent[] {
  if (!isNew) return playerAccount.decide({ type: 'LinkCredential', playerId, method, credential }, account).events;
  const { events } = playerAccount.decide({ type: 'RegisterPlayer', playerId, method }, account);
  if (method === 'device') return events;
  return [...events, { type: 'CredentialLinked', data: { playerId, method, credential } }];
}

/** The owner, when their erasure was ordered; else null. */
export async function ownerInErasure(
  { log, states }: CommandRuntime,
  tenant: TenantId,
  owner: PlayerId | null,
): Promise<PlayerId | null> {
  if (owner === null) return null;
  const { erasure } = await loadState(log, states, using(playerAccount, playerStream(tenant, owner)));
  return erasure === 'none' ? null : owner;
}
