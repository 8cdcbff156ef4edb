import { z } from 'zod';
import { groupNameKey, groupRoles } from '../events/group.ts';
import { cursorOf } from './cursor.ts';
import { idempotencyKeyField, instant, nextCursor, playerIdText } from './fields.ts';

/** Fields of the routes of groups. */

export const groupIdText = z
  .uuid('must be a group id')
  .toLowerCase()
  .meta({ description: 'A group.', example: '3d594650-3436-4e5b-9d6c-2f8a1c0b7e11' });

const isText = (text: string) => text.isWellFormed() && !text.includes('\0');
const isName = (name: string) => {
  const key = groupNameKey(name);
  return [...key].length >= 3 && [...key].length <= 40 && new TextEncoder().encode(key).length <= 96;
};

const groupName = z
  .string()
  .max(200)
  .refine(isText, 'must be text')
  .refine(isName, 'must be 3 to 40 characters that are seen, and at most 96 bytes')
  .transform((name) => name.trim().replace(/\s+/g, ' '))
  .meta({ description: 'Unique in the tenant, whatever the case and kinds of letters.', example: 'Night Owls' });

const description = z
  .string()
  .max(1_000)
  .refine(isText, 'must be text')
  .meta({ description: 'For everybody to read.', example: 'We play at night.' });
const visibility = z
  .enum(['public', 'private'])
  .meta({ description: 'Whether everybody may join, or who is invited or accepted.', example: 'public' });
const tier = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,32}$/, 'must be 1 to 32 letters, digits, dots, underscores or dashes')
  .meta({ description: 'What the game makes of it.', example: 'gold' });
const role = z.enum(groupRoles).meta({ example: 'admin' });

export const createGroupBody = z.strictObject({
  name: groupName,
  description: description.default(''),
  visibility,
  idempotency_key: idempotencyKeyField,
});
export const createdResponse = z.object({ group_id: groupIdText });

export const changeGroupBody = z.strictObject({
  description: description.optional(),
  metadata: z.strictObject({ tier }).optional(),
  roles: z
    .array(z.strictObject({ player_id: playerIdText, role }))
    .max(50)
    .optional(),
  idempotency_key: idempotencyKeyField,
});

export const emptyBody = z.strictObject({ idempotency_key: idempotencyKeyField }).nullish();
export const inviteBody = z.strictObject({ player_id: playerIdText, idempotency_key: idempotencyKeyField });
export const answerBody = z.strictObject({
  player_id: playerIdText,
  accept: z.boolean().meta({ description: 'Whether the player is let in.', example: true }),
  idempotency_key: idempotencyKeyField,
});
export const kickBody = z.strictObject({
  player_id: playerIdText,
  ban: z.boolean().default(false).meta({ description: 'Whether the player stays out until invited.', example: false }),
  idempotency_key: idempotencyKeyField,
});

export const groupResponse = z.object({
  group_id: groupIdText,
  name: z.string().meta({ example: 'Night Owls' }),
  description,
  visibility,
  metadata: z.object({ tier: tier.nullable() }),
  member_count: z.int().meta({ example: 1 }),
});
export const groupsResponse = z.object({ items: z.array(groupResponse), next_cursor: nextCursor });
export const membersResponse = z.object({
  items: z.array(z.object({ player_id: playerIdText, role })),
  next_cursor: nextCursor,
});
export const requestsResponse = z.object({
  items: z.array(z.object({ player_id: playerIdText })),
  next_cursor: nextCursor,
});
export const statusResponse = z.object({
  group_id: groupIdText,
  player_id: playerIdText,
  status: z
    .enum(['member', 'requested', 'invited', 'declined', 'left', 'kicked', 'banned'])
    .meta({ description: 'What the player is to the group then.', example: 'member' }),
});
export const invitedResponse = statusResponse.extend({ expires_at: instant.nullable() });

/** Places in the list of groups: by name, then id. */
export const groupCursor = cursorOf(z.tuple([z.string().regex(/^[0-9a-f]{1,600}$/), z.uuid()]));
