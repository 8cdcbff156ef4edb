import type { Benchmark, Surroundings } from './benchmark.ts';
import { benchmarks } from './cases/index.ts';
import { longLog } from './harness/long-log.ts';
import { startBenchServer } from './harness/server.ts';
import { type BenchOptions, parseOptions, usage } from './options.ts';
import { describeMachine, tableOf } from './report.ts';
import { failedResults, type Result, runBenchmark } from './run.ts';

const longLogEvents = 10_000_000;
const tell = (line: string) => console.error(line);

function chosen({ only, full }: BenchOptions): readonly Benchmark[] {
  const matches = ({ name, measures }: Benchmark, wanted: string) =>
    name.startsWith(wanted) || measures.some((measure) => measure.name.startsWith(wanted));
  for (const wanted of only)
    if (!benchmarks.some((benchmark) => matches(benchmark, wanted)))
      throw new Error(`there is no benchmark "${wanted}"; there are ${benchmarks.map(({ name }) => name).join(', ')}`);
  return benchmarks.filter((benchmark) =>
    only.length > 0 ? only.some((wanted) => matches(benchmark, wanted)) : full || !benchmark.long,
  );
}

async function measureAll(list: readonly Benchmark[], surroundings: Surroundings, rounds: number): Promise<Result[]> {
  const results: Result[] = [];
  for (const benchmark of list) {
    const startedAt = performance.now();
    try {
      results.push(...(await runBenchmark(benchmark, surroundings, rounds)));
    } catch (error) {
      results.push(...failedResults(benchmark));
      tell(`${benchmark.name} failed: ${error instanceof Error ? error.stack : error}`);
    }
    tell(`${benchmark.name}: ${Math.round((performance.now() - startedAt) / 1000)} s`);
  }
  return results;
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2), process.env);
  if (options.help) return console.log(usage);
  const list = chosen(options);
  const server = await startBenchServer(options.databaseUrl);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      // what is under way loses its connections; the throw-away database still has to go
      process.on('uncaughtException', () => undefined);
      void server.stop().finally(() => process.exit(130));
    });
  try {
    const surroundings: Surroundings = {
      server,
      database: server.migrated,
      release: server.drop,
      withPeer: true,
      tell,
    };
    const results = await measureAll(list, surroundings, options.rounds);
    if (options.full) {
      const database = await longLog(server, longLogEvents, tell);
      const onLongLog = { ...surroundings, database: async () => database, release: async () => {}, withPeer: false };
      const repeated = list.filter((benchmark) => !benchmark.long);
      const again = await measureAll(repeated, onLongLog, options.rounds);
      results.push(...again.map((result) => ({ ...result, name: `${result.name}@10M` })));
    }
    const machine = describeMachine();
    if (options.json) console.log(JSON.stringify({ machine, database: server.description, results }));
    else console.log(`\n${tableOf(results)}\n\nmachine   ${machine}\ndatabase  ${server.description}`);
    if (results.some(({ sandai }) => sandai === null)) process.exitCode = 1;
  } finally {
    await server.stop();
  }
}

main().catch((error: Error) => {
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
});
