import { z } from 'zod';
import { templateNamePattern } from '../events/notification-settings.ts';
import { instant } from './fields.ts';

/** Fields of the routes of notifications. */

export const notificationIdText = z
  .uuid('must be a notification id')
  .toLowerCase()
  .meta({ description: 'A notification.', example: '3f0f6d0e-6a0f-4d0c-9a51-3c1b7f8e2d64' });

const line = (most: number, what: string) =>
  z
    .string()
    .trim()
    .refine((text) => [...text].length >= 1 && [...text].length <= most, `must be 1 to ${most} characters`)
    .refine((text) => text.isWellFormed() && !text.includes('\0'), 'must be text')
    .meta({ description: `${what}, at most ${most} characters.` });

export const maxTitle = 120;
export const maxContent = 1_500;
export const titleText = line(maxTitle, 'Title').meta({ example: 'The spring season ends' });
export const contentText = line(maxContent, 'Text').meta({ example: 'Two days are left, Ada.' });

export const channelName = z
  .enum(['in_app', 'email', 'push'])
  .meta({ description: 'A way to reach a player.', example: 'in_app' });

export const templateName = z
  .string()
  .regex(templateNamePattern, 'must be 1 to 64 lower-case letters, digits, dots, underscores or dashes')
  .meta({ description: 'A template.', example: 'season-ends' });

export const ttlSeconds = z
  .int()
  .min(60)
  .max(30 * 86_400)
  .meta({ description: 'Seconds after which it is neither shown nor sent any more.', example: 604_800 });

export const notificationResponse = z.object({
  notification_id: notificationIdText,
  title: z.string().nullable().meta({ description: "null when the player's data was erased.", example: 'Hello' }),
  content: z.string().nullable().meta({ example: 'Two days are left, Ada.' }),
  read: z.boolean(),
  created_at: instant,
  expires_at: instant,
});

export const templateResponse = z.object({ template: templateName, title: titleText, content: contentText });

const wanted = z.boolean().meta({ example: true });
export const preferencesFields = {
  in_app: wanted.meta({ description: 'Shown in the game.' }),
  email: wanted.meta({ description: 'Sent by e-mail, where an address is known.' }),
  push: wanted.meta({ description: "Sent to the player's devices." }),
};
