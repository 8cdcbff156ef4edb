import {
  type ChangePreferences,
  type ChangeTemplate,
  preferences,
  type RemoveTemplate,
  type Template,
  template,
} from '../aggregates/notification-settings.ts';
import { fillIn } from '../aggregates/notification-text.ts';
import type { TenantId } from '../events/ids.ts';
import { notificationPreferencesStream, notificationTemplateStream } from '../events/notification-settings.ts';
import type { CommandContext } from './context.ts';
import { type CommandRuntime, type Handled, handle } from './handle.ts';
import { loadState, using } from './stream-use.ts';

/** Sets by which channels a player wants to be reached. */
export function changePreferences(
  runtime: CommandRuntime,
  command: ChangePreferences,
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const stream = using(preferences, notificationPreferencesStream(context.tenant, command.playerId));
  return handle(
    runtime,
    [stream],
    (stateOf) => ({
      events: [[stream, preferences.decide(command, stateOf(stream)).events]],
      outcome: { ok: true, value: null },
    }),
    context,
  );
}

/** Writes or removes a template. Code: NOTIFICATION_TEMPLATE_NOT_FOUND. */
export function changeTemplate(
  runtime: CommandRuntime,
  command: ChangeTemplate | RemoveTemplate,
  context: CommandContext<null>,
): Promise<Handled<null>> {
  const stream = using(template, notificationTemplateStream(context.tenant, command.template));
  return handle(
    runtime,
    [stream],
    (stateOf) => {
      const { events, rejected } = template.decide(command, stateOf(stream));
      return {
        events: [[stream, events]],
        outcome: rejected ? { ok: false, code: rejected } : { ok: true, value: null },
      };
    },
    context,
  );
}

/** A template as the log has it at this moment; null = there is none. */
export const readTemplate = (runtime: CommandRuntime, tenant: TenantId, name: string): Promise<Template> =>
  loadState(runtime.log, runtime.states, using(template, notificationTemplateStream(tenant, name)), true);

export { fillIn };
