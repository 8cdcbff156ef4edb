import { dataSubject } from '../commands/bot-command.ts';
import { unlinkContact } from '../commands/bot-contact.ts';
import type { CommandRuntime } from '../commands/handle.ts';
import type { ContactId } from '../events/ids.ts';
import type { PersonalRecords } from '../ports/personal-data.ts';
import type { Erased, Eraser } from './personal-data-erasure.ts';

/** Deletes the data keys of those who wrote to bots as the player, and unlinks them. @param linked as in `sessionEraser` */
export const contactEraser = (
  runtime: CommandRuntime & { readonly records: PersonalRecords },
  linked: (erased: Erased) => Promise<readonly ContactId[]>,
): Eraser => ({
  name: 'contacts',
  async erase(erased, reaction) {
    for (const contactId of await linked(erased)) {
      await runtime.records.deleteDataKey(erased.tenant, dataSubject(contactId));
      await reaction.once((context) => unlinkContact(runtime, contactId, context), `contact/${contactId}`);
    }
  },
});
