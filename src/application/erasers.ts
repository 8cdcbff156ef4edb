import { emailsOf } from '../commands/email.ts';
import { socialAccountsOf } from '../commands/social.ts';
import type { GroupId } from '../events/ids.ts';
import { contactsOf } from '../projections/bot-contacts.ts';
import { devicesOf } from '../projections/devices.ts';
import { groupsAround } from '../projections/membership-queries.ts';
import { openSessionsOf } from '../projections/sessions.ts';
import { contactEraser } from '../reactors/contact-erasure.ts';
import { groupEraser, partyEraser, ticketEraser } from '../reactors/membership-erasure.ts';
import {
  answerEraser,
  deviceEraser,
  type Erased,
  type Eraser,
  emailEraser,
  sessionEraser,
  socialEraser,
} from '../reactors/personal-data-erasure.ts';
import { maxTokenLifeS } from '../security/keys.ts';
import type { AutomationDependencies } from './automation-dependencies.ts';

const waitMs = 1_000;

/** What goes with a player's data key, context by context and in this order. */
export function erasersOf(dependencies: AutomationDependencies): readonly Eraser[] {
  const { runtime, sql, generations, waitForRows } = dependencies;
  /** Asks a read model once it holds what was committed until now.
   *  @throws Error when it does not in time; the reactor tries again */
  const after =
    <T, Rest extends readonly unknown[]>(readModel: string, ask: (erased: Erased, ...rest: Rest) => Promise<T>) =>
    async (erased: Erased, ...rest: Rest): Promise<T> => {
      if (!(await waitForRows(readModel, await runtime.log.positions(), waitMs)))
        throw new Error(`the read model ${readModel} is behind the log`);
      return ask(erased, ...rest);
    };
  return [
    sessionEraser(
      runtime,
      after('sessions', ({ tenant, playerId }) => openSessionsOf(sql, generations, tenant, playerId)),
      maxTokenLifeS,
    ),
    deviceEraser(
      runtime,
      after('devices', ({ tenant, playerId }) => devicesOf(sql, generations, tenant, playerId)),
    ),
    contactEraser(
      runtime,
      after('bot_contacts', ({ tenant, playerId }) => contactsOf(sql, generations, tenant, playerId)),
    ),
    emailEraser(runtime, ({ tenant, playerId }) => emailsOf(runtime, tenant, playerId)),
    socialEraser(runtime, ({ tenant, playerId }) => socialAccountsOf(runtime, tenant, playerId)),
    ticketEraser(runtime),
    partyEraser(runtime),
    groupEraser(
      runtime,
      after('memberships', (erased, page: { after: GroupId | null; limit: number }) =>
        groupsAround(sql, generations, erased, page),
      ),
    ),
    answerEraser(runtime.records),
  ];
}
