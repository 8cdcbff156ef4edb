import { fillIn, readTemplate } from '../commands/notification-settings.ts';
import type { PlayerId, TenantId } from '../events/ids.ts';
import { findProfiles } from '../projections/profiles.ts';
import type { Dependencies } from './dependencies.ts';
import { displayNames } from './display-names.ts';
import { maxContent, maxTitle } from './notification.schema.ts';
import { Problem } from './problem.ts';

type Wanted =
  | { readonly title: string; readonly content: string }
  | { readonly template: string; readonly words: Readonly<Record<string, string>> };
type Text = { readonly playerId: PlayerId; readonly title: string; readonly content: string };

/** What a player without a name is called. */
const noName = 'player';

const lengthOf = (text: string): number => [...text].length;

/** What each player is told, written out.
 *  @throws Problem when there is no such template, or it cannot be filled in */
export function createNotificationTexts(dependencies: Dependencies) {
  const { runtime, reads } = dependencies;
  return async (tenant: TenantId, players: readonly PlayerId[], wanted: Wanted): Promise<readonly Text[]> => {
    if (!('template' in wanted)) return players.map((playerId) => ({ playerId, ...wanted }));
    const template = await readTemplate(runtime, tenant, wanted.template);
    if (template === null) throw new Problem('NOTIFICATION_TEMPLATE_NOT_FOUND');
    const names = await displayNames(
      dependencies,
      tenant,
      await findProfiles(reads.sql, reads.generations, tenant, players),
    );
    return players.map((playerId) => {
      const words = { display_name: names.get(playerId) ?? noName, ...wanted.words };
      const [title, content] = [fillIn(template.title, words), fillIn(template.content, words)];
      const missing = [...new Set([...title.missing, ...content.missing])];
      if (missing.length > 0)
        throw new Problem(
          'NOTIFICATION_VARIABLE_MISSING',
          missing.map((name) => ({ field: `body.variables.${name}`, problem: 'is missing' })),
        );
      if (lengthOf(title.text) > maxTitle || lengthOf(content.text) > maxContent)
        throw new Problem('NOTIFICATION_TOO_LONG');
      return { playerId, title: title.text, content: content.text };
    });
  };
}
