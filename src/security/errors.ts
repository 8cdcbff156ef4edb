/** Keys are missing, unreadable or wrong. The message lists every problem and how to solve it, and never a secret.
 *  @property problems one sentence each */
export class KeysError extends Error {
  override readonly name = 'KeysError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[], advice = '') {
    super([...problems.map((problem) => `  - ${problem}`), ...(advice ? [advice] : [])].join('\n'));
    this.problems = problems;
  }
}

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

/** An encrypted value was tampered with, belongs to another player or field, or its master key is not in the key ring. */
export class CiphertextUnreadable extends Error {
  override readonly name = 'CiphertextUnreadable';
}
