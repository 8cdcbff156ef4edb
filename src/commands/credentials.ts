import { countOf } from '../aggregates/credentials.ts';
import type { Decision } from '../aggregates/decider.ts';
import { email } from '../aggregates/email.ts';
import { playerAccount } from '../aggregates/player-account.ts';
import { social } from '../aggregates/social.ts';
import type { DomainEvent } from '../events/catalogue.ts';
import { emailStream } from '../events/email.ts';
import type { EmailHash, PlayerId, TenantId } from '../events/ids.ts';
import { playerStream } from '../events/player.ts';
import { type SocialAccount, socialStream } from '../events/social.ts';
import type { CommandContext } from './context.ts';
import { type EmailRuntime, emailsOf } from './email.ts';
import { type CommandRuntime, type Decide, type Handled, handle } from './handle.ts';
import { credentialOf, socialAccountsOf } from './social.ts';
import { loadState, type StreamUse, using } from './stream-use.ts';

/** Something that a player signs in with beside devices. @property id the hash in the name of its stream */
export type OwnCredential =
  | { readonly id: string; readonly method: 'email'; readonly address: string; readonly verified: boolean }
  | { readonly id: string; readonly method: 'social'; readonly provider: string };

/** What a player signs in with, read from the log. @returns the number of devices, and everything else */
export async function credentialsOf(
  runtime: CommandRuntime & Pick<EmailRuntime, 'open'>,
  tenant: TenantId,
  playerId: PlayerId,
): Promise<{ readonly devices: number; readonly others: readonly OwnCredential[] }> {
  const { log, states } = runtime;
  const accounts = await socialAccountsOf(runtime, tenant, playerId);
  const others: OwnCredential[] = accounts.map(({ provider, socialHash }) => ({
    id: socialHash,
    method: 'social',
    provider,
  }));
  for (const id of await emailsOf(runtime, tenant, playerId)) {
    const {
      address,
      playerId: owner,
      verified,
    } = await loadState(log, states, using(email, emailStream(tenant, id)), true);
    const opened =
      owner === playerId && address !== null ? await runtime.open(tenant, playerId, 'email', address) : null;
    if (opened !== null) others.push({ id, method: 'email', address: opened, verified });
  }
  const { credentials } = await loadState(log, states, using(playerAccount, playerStream(tenant, playerId)));
  const devices = countOf(credentials) - credentials.linked.filter(({ method }) => method !== 'device').length;
  return { devices, others };
}

/** Takes an e-mail address, or an account at a provider, from the player who asks for it.
 *  Codes: CREDENTIAL_NOT_FOUND, LAST_CREDENTIAL when the player could not sign in any more. */
export async function unlinkOwnCredential(
  runtime: CommandRuntime,
  { id, playerId }: { readonly id: string; readonly playerId: PlayerId },
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const { tenant } = context;
  const emailHash = (await emailsOf(runtime, tenant, playerId)).find((each) => each === id);
  if (emailHash !== undefined) return unlinkEmail(runtime, { emailHash, playerId }, context);
  const account = (await socialAccountsOf(runtime, tenant, playerId)).find(({ socialHash }) => socialHash === id);
  if (account !== undefined) return unlinkSocialAccount(runtime, { account, playerId }, context);
  return handle<null>(
    runtime,
    [],
    () => ({ events: [], outcome: { ok: false, code: 'CREDENTIAL_NOT_FOUND' } }),
    context,
  );
}

function unlinkEmail(
  runtime: CommandRuntime,
  { emailHash, playerId }: { readonly emailHash: EmailHash; readonly playerId: PlayerId },
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const use = using(email, emailStream(context.tenant, emailHash));
  const release = { type: 'ReleaseEmail', emailHash, playerId, reason: 'player' } as const;
  const credential = { playerId, method: 'email', credential: emailHash } as const;
  return unlink(runtime, use, (state) => email.decide(release, state), credential, context);
}

function unlinkSocialAccount(
  runtime: CommandRuntime,
  { account, playerId }: { readonly account: SocialAccount; readonly playerId: PlayerId },
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const use = using(social, socialStream(context.tenant, account));
  const release = { type: 'ReleaseSocialAccount', ...account, playerId, reason: 'player' } as const;
  const credential = { playerId, method: 'social', credential: credentialOf(account) } as const;
  return unlink(runtime, use, (state) => social.decide(release, state), credential, context);
}

function unlink<State>(
  runtime: CommandRuntime,
  use: StreamUse<State>,
  release: (state: State) => Decision<DomainEvent, string>,
  credential: { readonly playerId: PlayerId; readonly method: 'email' | 'social'; readonly credential: string },
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const account = using(playerAccount, playerStream(context.tenant, credential.playerId));
  const decide: Decide<null> = (stateOf) => {
    const released = release(stateOf(use));
    if (released.events.length === 0) return { events: [], outcome: { ok: false, code: 'CREDENTIAL_NOT_FOUND' } };
    const noted = playerAccount.decide({ type: 'UnlinkCredential', ...credential }, stateOf(account));
    if (noted.rejected !== undefined) return { events: [], outcome: { ok: false, code: noted.rejected } };
    return {
      events: [
        [use, released.events],
        [account, noted.events],
      ],
      outcome: { ok: true, value: null },
    };
  };
  return handle(runtime, [use, account], decide, context);
}
