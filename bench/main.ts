import type { Benchmark, Surroundings } from './benchmark.ts';
import { benchmarks } from './cases/index.ts';
import { startBenchServer } from './harness/server.ts';
import { type BenchOptions, parseOptions, usage } from './options.ts';
import { describeMachine, tableOf } from './report.ts';
import { failedResults, type Result, runBenchmark } from './run.ts';

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

async function measureAll(
  list: readonly Benchmark[],
  surroundings: Surroundings,
  rounds: number,
): Promise<{ results: Result[]; failed: boolean }> {
  const results: Result[] = [];
  let failed = false;
  for (const benchmark of list) {
    const startedAt = performance.now();
    try {
      results.push(...(await runBenchmark(benchmark, surroundings, rounds)));
    } catch (error) {
      failed = true;
      results.push(...failedResults(benchmark));
      tell(`${benchmark.name} failed: ${error instanceof Error ? error.stack : error}`);
    }
    tell(`${benchmark.name}: ${Math.round((performance.now() - startedAt) / 1000)} s`);
  }
  return { results, failed };
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2), process.env);
  if (options.help) return console.log(usage);
  const list = chosen(options);
  const server = await startBenchServer(options.databaseUrl);
  try {
    const surroundings: Surroundings = {
      server,
      database: server.migrated,
      release: server.drop,
      withPeer: true,
      tell,
    };
    const { results, failed } = await measureAll(list, surroundings, options.rounds);
    const machine = describeMachine();
    if (options.json) console.log(JSON.stringify({ machine, database: server.description, results }));
    else console.log(`\n${tableOf(results)}\n\nmachine   ${machine}\ndatabase  ${server.description}`);
    if (failed) process.exitCode = 1;
  } finally {
    await server.stop();
  }
}

main().catch((error: Error) => {
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
});
