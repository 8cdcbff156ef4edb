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

/** An encrypted value was tampered with, belongs to another player or field, or its master key is not in the key ring. */
export class CiphertextUnreadable extends Error {
  override readonly name = 'CiphertextUnreadable';
}
