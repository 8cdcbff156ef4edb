import type { PlayerId } from '../events/ids.ts';
import type { Channel } from '../events/notification.ts';
import type { NotificationPreferencesEvent, NotificationTemplateEvent } from '../events/notification-settings.ts';
import { accept, type Decider, reject } from './decider.ts';

/** Whether a player wants to be reached by each channel. */
export type Preferences = Readonly<Record<Channel, boolean>>;
export type ChangePreferences = {
  readonly type: 'ChangePreferences';
  readonly playerId: PlayerId;
  readonly wanted: Preferences;
};

/** Who has said nothing is reached by every channel. */
export const preferences: Decider<Preferences, ChangePreferences, NotificationPreferencesEvent, never> = {
  initial: { in_app: true, email: true, push: true },
  evolve: (_state, { data }) => ({ in_app: data.inApp, email: data.email, push: data.push }),
  decide({ playerId, wanted }, state) {
    if (wanted.in_app === state.in_app && wanted.email === state.email && wanted.push === state.push) return accept();
    const data = { playerId, inApp: wanted.in_app, email: wanted.email, push: wanted.push };
    return accept({ type: 'NotificationPreferencesChanged', data });
  },
};

/** A text with places for words; null = there is none. */
export type Template = { readonly title: string; readonly content: string } | null;
export type ChangeTemplate = {
  readonly type: 'ChangeTemplate';
  readonly template: string;
  readonly title: string;
  readonly content: string;
};
export type RemoveTemplate = { readonly type: 'RemoveTemplate'; readonly template: string };

export const template: Decider<
  Template,
  ChangeTemplate | RemoveTemplate,
  NotificationTemplateEvent,
  'NOTIFICATION_TEMPLATE_NOT_FOUND'
> = {
  initial: null,
  evolve: (_state, { type, data }) =>
    type === 'NotificationTemplateRemoved' ? null : { title: data.title, content: data.content },
  decide(command, state) {
    if (command.type === 'RemoveTemplate') {
      if (state === null) return reject('NOTIFICATION_TEMPLATE_NOT_FOUND');
      return accept({ type: 'NotificationTemplateRemoved', data: { template: command.template } });
    }
    const { title, content } = command;
    if (state?.title === title && state.content === content) return accept();
    return accept({ type: 'NotificationTemplateChanged', data: { template: command.template, title, content } });
  },
};
