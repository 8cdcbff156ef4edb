import { defineConfig } from 'vitest/config';
import { SlowFirst } from './tests/support/slow-first.ts';

/** `unit` needs nothing; `integration` needs a database: TEST_DATABASE_URL, or else an embedded PostgreSQL of its own.
 *  The files of a worker share the loaded modules, none of which keeps state: half of the time went into loading the program again for each. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    sequence: { sequencer: SlowFirst },
    projects: [
      {
        test: {
          name: 'unit',
          isolate: false,
          include: ['tests/**/*.test.ts'],
          globalSetup: ['tests/support/temporary-files.ts'],
          exclude: ['tests/**/*.int.test.ts', 'tests/**/*.e2e.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          isolate: false,
          include: ['tests/**/*.int.test.ts'],
          globalSetup: ['tests/support/temporary-files.ts', 'tests/support/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
