import { z } from 'zod';
import type { BotContactEvent } from '../events/bot-contact.ts';
import type { ContactId, PlayerId, TenantId } from '../events/ids.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { defineProjection } from './define.ts';
import { change, physicalName } from './table.ts';

/** One row per contact that was ever linked; NULL player = not linked any more. */
const contacts = {
  name: 'bot_contacts',
  key: ['tenant', 'contact_id'],
  columns: { tenant: 'text', contact_id: 'uuid', player_id: 'uuid' },
  indexes: [{ name: 'player', columns: ['tenant', 'player_id'], where: 'player_id IS NOT NULL' }],
} as const;

/** Which players the people who write to bots are. */
export const botContacts = defineProjection<BotContactEvent>({
  name: 'bot_contacts',
  about: 'Which players the people who write to bots are.',
  version: 1,
  tables: [contacts],
  on: {
    BotContactLinked: ({ tenant, version, data }) => [
      change(contacts, version, { tenant, contact_id: data.contactId, player_id: data.playerId }),
    ],
    BotContactUnlinked: ({ tenant, version, data }) => [
      change(contacts, version, { tenant, contact_id: data.contactId, player_id: null }),
    ],
  },
});

const contactRow = z.object({ contact_id: z.string() });

/** Contacts that are linked to a player. */
export async function contactsOf(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  playerId: PlayerId,
): Promise<readonly ContactId[]> {
  const { rows } = await sql.query(
    `SELECT contact_id::text AS contact_id FROM ${physicalName(contacts, await generations.of('bot_contacts'))}
     WHERE tenant = $1::text AND player_id = $2::uuid ORDER BY contact_id`,
    [tenant, playerId],
  );
  return rows.map((row) => contactRow.parse(row).contact_id as ContactId);
}
