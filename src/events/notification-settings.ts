import { z } from 'zod';
import { define, type EventDefinition, type EventsOf } from './definition.ts';
import { playerIdField } from './fields.ts';
import { type PlayerId, streamId, type TenantId } from './ids.ts';

/** Stream `notificationprefs-<tenant>_<player>`: by which channels a player wants to be reached. */
export const notificationPreferencesEvents = {
  NotificationPreferencesChanged: define({
    version: 1,
    schema: z.object({ playerId: playerIdField, inApp: z.boolean(), email: z.boolean(), push: z.boolean() }),
  }),
} satisfies Record<string, EventDefinition>;

export type NotificationPreferencesEvent = EventsOf<typeof notificationPreferencesEvents>;

export const notificationPreferencesStream = (tenant: TenantId, player: PlayerId) =>
  streamId('notificationprefs', tenant, player);

export const templateNamePattern = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** Stream `notificationtemplate-<tenant>_<template>`: a text with places for words. */
export const notificationTemplateEvents = {
  NotificationTemplateChanged: define({
    version: 1,
    schema: z.object({ template: z.string().regex(templateNamePattern), title: z.string(), content: z.string() }),
  }),
  NotificationTemplateRemoved: define({
    version: 1,
    schema: z.object({ template: z.string().regex(templateNamePattern) }),
  }),
} satisfies Record<string, EventDefinition>;

export type NotificationTemplateEvent = EventsOf<typeof notificationTemplateEvents>;

export const notificationTemplateStream = (tenant: TenantId, template: string) =>
  streamId('notificationtemplate', tenant, template);
