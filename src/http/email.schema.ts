import { z } from 'zod';
import { idempotencyKeyField } from './fields.ts';

const emailAddress = z.string().max(254).trim().pipe(z.email('must be an e-mail address')).meta({
  description: 'An e-mail address; capitals make no difference.',
  example: 'ada@example.com',
  format: 'email',
});

const password = z
  .string()
  .min(8, 'must be at least 8 characters')
  .max(256, 'must be at most 256 characters')
  .meta({ description: '8 to 256 characters.', example: 'correct horse battery staple' });

const code = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/, 'must be the code of an e-mail')
  .meta({ description: 'The code of the e-mail.', example: 'Zk9XbYw1q4mT0cP7sLr2vH8dJ6nF3aGeUiOoKxWyQ5M' });

export const emailBody = z.strictObject({
  email: emailAddress,
  password,
  create: z
    .boolean()
    .default(false)
    .meta({ description: "Makes an account if nobody has the address; with a player's token, links it to that one." }),
  idempotency_key: idempotencyKeyField,
});
export const addressBody = z.strictObject({ email: emailAddress, idempotency_key: idempotencyKeyField });
export const codeBody = z.strictObject({ code, idempotency_key: idempotencyKeyField });
export const newPasswordBody = z.strictObject({ code, password, idempotency_key: idempotencyKeyField });
