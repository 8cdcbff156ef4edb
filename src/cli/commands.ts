import type { CliCommand } from './command.ts';
import { configuration } from './configuration.ts';
import { errorsCommand } from './errors.ts';
import { keysCommand } from './keys.ts';
import { migrateCommand } from './migrate.ts';
import { projectionsCommand } from './projections.ts';
import { receiptCommand } from './receipt.ts';
import { replayCommand } from './replay.ts';
import { serviceKeyCommand } from './service-key.ts';
import { start } from './start.ts';
import { tenantCommand } from './tenant.ts';
import { tokenCommand } from './token.ts';

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
  replayCommand,
  configuration,
  errorsCommand,
];
