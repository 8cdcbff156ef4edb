import type { CliCommand } from './command.ts';
import { configuration } from './configuration.ts';
import { migrateCommand } from './migrate.ts';
import { start } from './start.ts';

/** Every command of `sandai`, in the order of its help. */
export const commands: readonly CliCommand[] = [start, migrateCommand, configuration];
