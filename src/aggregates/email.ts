import type { EmailEvent } from '../events/email.ts';
import type { EmailHash, PlayerId } from '../events/ids.ts';
import { accept, type Decider, reject } from './decider.ts';

/** Whose an e-mail address is.
 *  @property address, password sealed; what checks the password, not the password itself
 *  @property passwords how often a password was set, over all players that the address has had */
export type Email = {
  readonly playerId: PlayerId | null;
  readonly generation: number;
  readonly address: string | null;
  readonly password: string | null;
  readonly verified: boolean;
  readonly passwords: number;
};

/** Takes a free address. @property erased the player who is being erased: the address is free if it was theirs */
export type ClaimEmail = {
  readonly type: 'ClaimEmail';
  readonly emailHash: EmailHash;
  readonly playerId: PlayerId;
  readonly erased: PlayerId | null;
  readonly address: string;
  readonly password: string;
};
export type VerifyEmail = { readonly type: 'VerifyEmail'; readonly emailHash: EmailHash };
export type ChangePassword = {
  readonly type: 'ChangePassword';
  readonly emailHash: EmailHash;
  readonly password: string;
};
/** Takes an address that was never verified from its player, for the one who has shown whose mailbox it is. */
export type PassEmailOn = Omit<ClaimEmail, 'type' | 'erased'> & { readonly type: 'PassEmailOn' };
/** Frees an address; nothing when it is not, or no longer, that player's. */
export type ReleaseEmail = {
  readonly type: 'ReleaseEmail';
  readonly emailHash: EmailHash;
  readonly playerId: PlayerId;
  readonly reason: 'erasure' | 'player' | 'unproven';
};

export const email: Decider<
  Email,
  ClaimEmail | VerifyEmail | ChangePassword | PassEmailOn | ReleaseEmail,
  EmailEvent,
  'INVALID_CREDENTIALS'
> = {
  initial: { playerId: null, generation: 0, address: null, password: null, verified: false, passwords: 0 },

  evolve(state, event) {
    switch (event.type) {
      case 'EmailClaimed': {
        const { playerId, generation, address, password } = event.data;
        return { playerId, generation, address, password, verified: false, passwords: state.passwords + 1 };
      }
      case 'EmailVerified':
        return { ...state, verified: true };
      case 'EmailPasswordChanged':
        return { ...state, password: event.data.password, passwords: state.passwords + 1 };
      case 'EmailReleased':
        return { ...state, playerId: null, address: null, password: null, verified: false };
    }
  },

  decide(command, { playerId: owner, generation, verified }) {
    const { emailHash } = command;
    switch (command.type) {
      case 'ClaimEmail': {
        const { playerId, erased, address, password } = command;
        const claimed: EmailEvent = {
          type: 'EmailClaimed',
          data: { emailHash, playerId, generation: generation + 1, address, password },
        };
        if (owner === null) return accept(claimed);
        if (owner !== erased) return reject('INVALID_CREDENTIALS');
        const released = { emailHash, playerId: owner, reason: 'erasure' } as const;
        return accept<EmailEvent>({ type: 'EmailReleased', data: released }, claimed);
      }
      case 'VerifyEmail':
        if (owner === null || verified) return accept();
        return accept({ type: 'EmailVerified', data: { emailHash, playerId: owner } });
      case 'ChangePassword':
        if (owner === null) return reject('INVALID_CREDENTIALS');
        return accept({
          type: 'EmailPasswordChanged',
          data: { emailHash, playerId: owner, password: command.password },
        });
      case 'PassEmailOn': {
        if (owner === null || verified) return reject('INVALID_CREDENTIALS');
        const { playerId, address, password } = command;
        return accept<EmailEvent>(
          { type: 'EmailReleased', data: { emailHash, playerId: owner, reason: 'unproven' } },
          { type: 'EmailClaimed', data: { emailHash, playerId, generation: generation + 1, address, password } },
          { type: 'EmailVerified', data: { emailHash, playerId } },
        );
      }
      case 'ReleaseEmail':
        if (owner !== command.playerId) return accept();
        return accept({ type: 'EmailReleased', data: { emailHash, playerId: owner, reason: command.reason } });
    }
  },
};
