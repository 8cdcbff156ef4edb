import { randomBytes } from 'node:crypto';
import { type Algorithm, hash, verify } from '@node-rs/argon2';
import { type Passwords, PasswordsBusy } from '../ports/passwords.ts';

/** OWASP's first choice for argon2id: 19 MiB, two passes, one thread. */
const cost = { algorithm: 2 as Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Argon2id, a few at a time: a flood of sign-ins takes neither all memory nor all threads.
 *  @param limits.atOnce  hashes under way at once
 *  @param limits.waiting how many more may wait */
export function createPasswords(limits: { readonly atOnce: number; readonly waiting: number }): Passwords {
  let running = 0;
  const waiting: (() => void)[] = [];
  const bounded = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= limits.atOnce) {
      if (waiting.length >= limits.waiting) throw new PasswordsBusy('too many passwords are being checked');
      await new Promise<void>((go) => waiting.push(go));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
  /** Of a password that nobody has. */
  let decoy: Promise<string> | undefined;
  return {
    hash: (password) => bounded(() => hash(password, cost)),
    isRight: (password, known) =>
      bounded(async () => {
        decoy ??= hash(randomBytes(32), cost);
        const isSame = await verify(known ?? (await decoy), password);
        return known !== null && isSame;
      }),
  };
}
