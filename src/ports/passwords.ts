/** More passwords want to be checked at once than may wait for it. */
export class PasswordsBusy extends Error {
  override readonly name = 'PasswordsBusy';
}

/** Slow hashes of passwords. */
export interface Passwords {
  /** @throws PasswordsBusy */
  hash(password: string): Promise<string>;
  /** Whether a password is the one that was hashed; takes as long without a hash, and then says no.
   *  @throws PasswordsBusy */
  isRight(password: string, hash: string | null): Promise<boolean>;
}
