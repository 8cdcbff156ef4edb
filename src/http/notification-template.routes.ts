import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { changeTemplate } from '../commands/notification-settings.ts';
import { listTemplates } from '../projections/notification-templates.ts';
import { idempotencyKeyField, limitQuery, nextCursor } from './fields.ts';
import { contentText, templateName, templateResponse, titleText } from './notification.schema.ts';
import { signedInOf } from './player-caller.ts';
import { sendRead, waitForRows } from './read.ts';
import { answers } from './route.ts';
import type { WritingDependencies } from './write.ts';

/** Texts that operators keep for notifications. */
export function notificationTemplateRoutes(instance: FastifyInstance, dependencies: WritingDependencies): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const { runtime, reads, write } = dependencies;
  const path = '/v1/notifications/templates/:template';

  app.get(
    '/v1/notifications/templates',
    {
      schema: {
        tags: ['notifications'],
        summary: 'All templates, by name',
        querystring: z.object({ limit: limitQuery, cursor: templateName.optional() }),
        response: answers({ 200: z.object({ items: z.array(templateResponse), next_cursor: nextCursor }) }),
      },
      config: { access: { rights: ['ops'] }, contract: { waitsFor: true } },
    },
    async (request, reply) => {
      const { tenant } = signedInOf(request);
      const { limit, cursor } = request.query;
      await waitForRows(request, dependencies, ['notification_templates']);
      const page = { after: cursor ?? '', limit: limit + 1 };
      const rows = await listTemplates(reads.sql, reads.generations, tenant, page);
      const items = rows.slice(0, limit);
      return sendRead(request, reply, {
        items,
        next_cursor: rows.length > limit ? (items.at(-1)?.template ?? null) : null,
      });
    },
  );

  app.put(
    path,
    {
      schema: {
        tags: ['notifications'],
        summary: 'Write a template',
        description: '`{{name}}` is a place for a word. Notifications that were queued before keep their text.',
        params: z.object({ template: templateName }),
        body: z.strictObject({ title: titleText, content: contentText, idempotency_key: idempotencyKeyField }),
        response: answers({ 200: templateResponse }),
      },
      config: { access: { rights: ['ops'] }, contract: { idempotency: 'optional' } },
    },
    async (request, reply) => {
      const { tenant, actor } = signedInOf(request);
      const { template } = request.params;
      const { title, content } = request.body;
      return write<null>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => changeTemplate(runtime, { type: 'ChangeTemplate', template, title, content }, context),
        answer: () => JSON.stringify({ template, title, content }),
      });
    },
  );

  app.delete(
    path,
    {
      schema: {
        tags: ['notifications'],
        summary: 'Remove a template',
        params: z.object({ template: templateName }),
        response: answers({ 204: z.null() }),
      },
      config: {
        access: { rights: ['ops'] },
        contract: { idempotency: 'optional', errors: ['NOTIFICATION_TEMPLATE_NOT_FOUND'] },
      },
    },
    async (request, reply) => {
      const { tenant, actor } = signedInOf(request);
      const { template } = request.params;
      return write<null>(request, reply, {
        tenant,
        actor,
        key: 'optional',
        run: (context) => changeTemplate(runtime, { type: 'RemoveTemplate', template }, context),
        answer: () => '',
        status: 204,
      });
    },
  );
}
