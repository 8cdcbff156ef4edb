import { expect, test } from 'vitest';
import { PasswordsBusy } from '../../src/ports/passwords.ts';
import { createPasswords } from '../../src/security/passwords.ts';

test('a password is known by its hash, which is argon2id with its own salt', async () => {
  const passwords = createPasswords({ atOnce: 2, waiting: 8 });
  const [one, two] = await Promise.all([passwords.hash('secret one'), passwords.hash('secret one')]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(two);
  expect(await passwords.isRight('secret one', one)).toBe(true);
  expect(await passwords.isRight('secret two', one)).toBe(false);
  expect(await passwords.isRight('secret one', null)).toBe(false);
});

test('more than may wait are turned away, and room is made again', async () => {
  const passwords = createPasswords({ atOnce: 1, waiting: 1 });
  const asked = await Promise.allSettled([1, 2, 3].map(() => passwords.hash('secret')));
  expect(asked.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  expect((asked[2] as PromiseRejectedResult).reason).toBeInstanceOf(PasswordsBusy);
  expect(await passwords.hash('secret')).toMatch(/^\$argon2id/);
});
