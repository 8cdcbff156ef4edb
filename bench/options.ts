import { parseArgs } from 'node:util';

export type BenchOptions = {
  readonly json: boolean;
  readonly full: boolean;
  readonly only: readonly string[];
  readonly rounds: number;
  readonly help: boolean;
  readonly databaseUrl: string | undefined;
};

export const usage = `npm run bench -- [options]
  --only <name>   run benchmarks whose name begins with this; may be given several times
  --rounds <n>    rounds per benchmark, 3 when left out; the median counts
  --full          also what takes long (every endpoint, reports at size, rebuilds beside live traffic, growth, 2 million commands), and all else again on a log of 10 million events (hours)
  --json          print one JSON object instead of the table
BENCH_DATABASE_URL names a server to measure on (a role that may create databases); without it an embedded PostgreSQL runs.`;

/** Reads the command line.
 *  @throws Error that says what is wrong with it */
export function parseOptions(args: readonly string[], env: NodeJS.ProcessEnv): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      rounds: { type: 'string', default: '3' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 100)
    throw new Error(`--rounds is a whole number from 1 to 100, not "${values.rounds}"`);
  const { json, full, only, help } = values;
  return { json, full, only, help, rounds, databaseUrl: env['BENCH_DATABASE_URL'] || undefined };
}
