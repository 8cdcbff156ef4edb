import type { NewDataKey } from '../event-store/port.ts';
import type { PlayerId, TenantId } from '../events/ids.ts';

/** The player's personal data was erased; their data key is never made again. */
export class PersonalDataErased extends Error {
  override readonly name = 'PersonalDataErased';
  readonly tenant: string;
  readonly playerId: string;
  constructor(tenant: string, playerId: string) {
    super(`personal data of player ${playerId} was erased: nothing more can be stored about this player`);
    this.tenant = tenant;
    this.playerId = playerId;
  }
}

/** Seals personal data of one player.
 *  @property newKey null, or the player's first key: insert it in the append of the sealed data */
export type PersonalDataSealer = {
  readonly newKey: NewDataKey | null;
  encrypt(field: string, text: string): string;
};

/** The one way in which personal data enters the log. */
export interface PersonalDataVault {
  /** @throws PersonalDataErased when the player's data key was deleted */
  forWriting(tenant: TenantId, playerId: PlayerId): Promise<PersonalDataSealer>;

  /** For an account that is being made: a new key, without looking for one. The append fails with `DataKeyExists` when
   *  there is one after all. */
  forNewPlayer(tenant: TenantId, playerId: PlayerId): PersonalDataSealer;
}

/** What is kept of a player outside the log, and how it is deleted. Each call may be repeated at any time. */
export interface PersonalRecords {
  /** Deletes the player's data key and leaves a tombstone, so that none is ever made again; also where there was none. */
  deleteDataKey(tenant: TenantId, playerId: PlayerId): Promise<void>;

  /** Deletes the stored answers to the player's calls, and those that are about the player. */
  deleteStoredAnswers(tenant: TenantId, playerId: PlayerId): Promise<void>;
}
