import { analyticsCommand } from './analytics.ts';
import type { CliCommand } from './command.ts';
import { configuration } from './configuration.ts';
import { errorsCommand } from './errors.ts';
import { eventsCommand } from './events.ts';
import { experimentsCommand } from './experiments.ts';
import { keysCommand } from './keys.ts';
import { migrateCommand } from './migrate.ts';
import { projectionsCommand } from './projections.ts';
import { queryCommand } from './query.ts';
import { receiptCommand } from './receipt.ts';
import { replayCommand } from './replay.ts';
import { serviceKeyCommand } from './service-key.ts';
import { start } from './start.ts';
import { streamCommand } from './stream.ts';
import { tenantCommand } from './tenant.ts';
import { tokenCommand } from './token.ts';
import { verifyCommand } from './verify.ts';

/** Every command of `sandai`, in the order of its help. */
export const commands: readonly CliCommand[] = [
  start,
  migrateCommand,
  tokenCommand,
  keysCommand,
  tenantCommand,
  serviceKeyCommand,
  receiptCommand,
  projectionsCommand,
  analyticsCommand,
  experimentsCommand,
  replayCommand,
  streamCommand,
  eventsCommand,
  queryCommand,
  verifyCommand,
  configuration,
  errorsCommand,
];
