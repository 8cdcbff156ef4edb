import { unlinkDevice } from '../commands/device.ts';
import { releaseEmail } from '../commands/email.ts';
import { erasePersonalData } from '../commands/erasure.ts';
import type { CommandRuntime } from '../commands/handle.ts';
import { changeSession } from '../commands/session.ts';
import { releaseSocialAccount } from '../commands/social.ts';
import type { DeviceHash, EmailHash, PlayerId, SessionId, TenantId } from '../events/ids.ts';
import type { PlayerEvent } from '../events/player.ts';
import type { SocialAccount } from '../events/social.ts';
import type { PersonalRecords } from '../ports/personal-data.ts';
import { defineReactor, type Reaction, type Reactor } from './reactor.ts';

/** Whose personal data is gone. */
export type Erased = { readonly tenant: TenantId; readonly playerId: PlayerId };

/** What a context does once a player's data key is gone: whatever of the player it keeps outside of sealed fields, or lets act on the
 *  player's behalf, goes too. A new context with such things is one more entry of `erasersOf` (src/application/erasers.ts).
 *  @property name  tells its commands from those of others; never changed
 *  @property erase may be broken off and repeated at any point */
export type Eraser = {
  readonly name: string;
  erase(erased: Erased, reaction: Reaction): Promise<void>;
};

type ErasureEvent = Extract<PlayerEvent, { type: 'PersonalDataErasureRequested' | 'PersonalDataErased' }>;

/** Finishes what the request for an erasure began, also when the process that took it died in between: the data key goes, that is told,
 *  and then everything else that the erasers know of.
 *  @see docs/decisions/0013-erasure.md */
export const personalDataErasure = (
  runtime: CommandRuntime & { readonly records: PersonalRecords },
  erasers: readonly Eraser[],
): Reactor =>
  defineReactor<ErasureEvent>({
    name: 'personal-data-erasure',
    from: 'beginning',
    types: ['PersonalDataErasureRequested', 'PersonalDataErased'],
    async react({ type, tenant, data: { playerId } }, reaction) {
      if (type === 'PersonalDataErasureRequested')
        await reaction.once((context) => erasePersonalData(runtime, playerId, context));
      else for (const each of erasers) await each.erase({ tenant, playerId }, reaction);
    },
  });

/** Ends the player's sessions. @param open all that count, read after everything that was committed until now */
export const sessionEraser = (
  runtime: CommandRuntime,
  open: (erased: Erased) => Promise<readonly SessionId[]>,
  tokenLifeS: number,
): Eraser => ({
  name: 'sessions',
  async erase(erased, reaction) {
    const tokensExpireAt = new Date(reaction.now + tokenLifeS * 1000).toISOString();
    for (const sessionId of await open(erased))
      await reaction.once(
        (context) =>
          changeSession(runtime, { type: 'RevokeSession', sessionId, tokensExpireAt, reason: 'erasure' }, context),
        `session/${sessionId}`,
      );
  },
});

/** Unlinks the player's devices, so that each signs in as a new player. @param linked as `open` of {@link sessionEraser} */
export const deviceEraser = (
  runtime: CommandRuntime,
  linked: (erased: Erased) => Promise<readonly DeviceHash[]>,
): Eraser => ({
  name: 'devices',
  async erase(erased, reaction) {
    for (const deviceHash of await linked(erased)) {
      const command = { type: 'UnlinkDevice', deviceHash, playerId: erased.playerId, reason: 'erasure' } as const;
      await reaction.once((context) => unlinkDevice(runtime, command, context), `device/${deviceHash}`);
    }
  },
});

/** Frees the player's e-mail addresses. @param owned all that are the player's */
export const emailEraser = (
  runtime: CommandRuntime,
  owned: (erased: Erased) => Promise<readonly EmailHash[]>,
): Eraser => ({
  name: 'emails',
  async erase(erased, reaction) {
    for (const emailHash of await owned(erased)) {
      const command = { emailHash, playerId: erased.playerId, reason: 'erasure' } as const;
      await reaction.once((context) => releaseEmail(runtime, command, context), `email/${emailHash}`);
    }
  },
});

/** Frees the player's accounts at providers. @param owned all that are the player's */
export const socialEraser = (
  runtime: CommandRuntime,
  owned: (erased: Erased) => Promise<readonly SocialAccount[]>,
): Eraser => ({
  name: 'social',
  async erase(erased, reaction) {
    for (const account of await owned(erased)) {
      const command = { ...account, playerId: erased.playerId };
      const name = `social/${account.provider}/${account.socialHash}`;
      await reaction.once((context) => releaseSocialAccount(runtime, command, context), name);
    }
  },
});

/** Deletes the stored answers to the player's calls; after the sessions, so that no more come. */
export const answerEraser = ({ deleteStoredAnswers }: PersonalRecords): Eraser => ({
  name: 'answers',
  erase: ({ tenant, playerId }) => deleteStoredAnswers(tenant, playerId),
});
