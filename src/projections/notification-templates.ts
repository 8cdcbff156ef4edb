import { z } from 'zod';
import type { TenantId } from '../events/ids.ts';
import type { NotificationTemplateEvent } from '../events/notification-settings.ts';
import type { Sql } from '../ports/database.ts';
import type { Generations } from '../ports/projection.ts';
import { defineProjection } from './define.ts';
import { change, physicalName } from './table.ts';

/** One row per template; NULL title = removed, kept for its version and never shown. */
const templates = {
  name: 'notification_templates',
  key: ['tenant', 'template'],
  columns: { tenant: 'text', template: 'text', title: 'text', content: 'text' },
} as const;

/** Texts that operators keep for notifications. */
export const notificationTemplates = defineProjection<NotificationTemplateEvent>({
  name: 'notification_templates',
  about: 'Texts that operators keep for notifications.',
  version: 1,
  tables: [templates],
  on: {
    NotificationTemplateChanged: ({ tenant, version, data: { template, title, content } }) => [
      change(templates, version, { tenant, template, title, content }),
    ],
    NotificationTemplateRemoved: ({ tenant, version, data: { template } }) => [
      change(templates, version, { tenant, template, title: null, content: null }),
    ],
  },
});

const templateRow = z.object({ template: z.string(), title: z.string(), content: z.string() });
export type TemplateRow = z.infer<typeof templateRow>;

/** Templates of a tenant by name. @param page.after name of the last one of the page before; '' for the first page */
export async function listTemplates(
  sql: Sql,
  generations: Generations,
  tenant: TenantId,
  page: { readonly after: string; readonly limit: number },
): Promise<readonly TemplateRow[]> {
  const { rows } = await sql.query(
    `SELECT template, title, content FROM ${physicalName(templates, await generations.of('notification_templates'))}
     WHERE tenant = $1::text AND template > $2::text AND title IS NOT NULL ORDER BY template LIMIT $3::int8`,
    [tenant, page.after, page.limit],
  );
  return rows.map((row) => templateRow.parse(row));
}
