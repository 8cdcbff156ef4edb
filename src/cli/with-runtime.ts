import { conditionCategories } from '../application/database.ts';
import type { CommandRuntime } from '../commands/handle.ts';
import { StateCache } from '../commands/state-cache.ts';
import { StreamLocks } from '../commands/stream-locks.ts';
import type { Settings } from '../config/settings.ts';
import { openEventStore } from '../event-store/index.ts';
import type { Database } from '../ports/database.ts';
import { UserError } from './command.ts';
import { openDatabase } from './open-database.ts';

/** What a command of the terminal works with that appends events. */
export type TerminalRuntime = CommandRuntime & { readonly database: Database; readonly signal: AbortSignal };

const rememberedStates = 2_000;

/** Opens the log for commands, and closes it after them. Ctrl-C aborts `signal`.
 *  @throws UserError when the database has no schema yet */
export async function withRuntime<T>(
  settings: Settings,
  note: (line: string) => void,
  use: (runtime: TerminalRuntime) => Promise<T>,
): Promise<T> {
  const urls = await openDatabase(settings, note);
  const abort = new AbortController();
  const interrupt = () => abort.abort(new UserError('Interrupted. The same command goes on where it was.'));
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const close: (() => Promise<void>)[] = [urls.stop];
  try {
    const store = await openEventStore({
      connectionString: urls.databaseUrl,
      conditionCategories,
      lanes: settings.store.lanes,
      readConnections: 4,
    });
    close.push(() => store.close());
    const runtime = { log: store, states: new StateCache(rememberedStates), locks: new StreamLocks() };
    return await use({ ...runtime, database: store.database, signal: abort.signal });
  } catch (error) {
    const isUndefinedTable = error instanceof Error && 'code' in error && error.code === '42P01';
    throw isUndefinedTable ? new UserError('The database has no tables yet: run `npx sandai migrate` first.') : error;
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    for (const each of close.reverse()) await each();
  }
}
