import { generateSeason } from './generated-season.ts';
import { BadInput, readMatches } from './matches.ts';
import { parseOptions, usage } from './options.ts';
import { runDemo, seasonOf } from './run.ts';
import { startThrowAway, type Target, useRunning } from './target.ts';

const say = (line: string) => console.log(line);

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2), process.env);
  if (options.help) return say(usage);
  const { file, url, clients, clientKey } = options;
  const matches = file === undefined ? generateSeason(200, options.matches) : readMatches(file);
  const season = file === undefined ? `generated-${options.matches}` : seasonOf(file);
  if (url === undefined) say('starting a server with a throw-away database …');
  const starting = url === undefined ? startThrowAway() : useRunning(options, url);
  stopOnSignals(starting);
  const target = await starting;
  try {
    const run = { target, season, matches, clients, clientKey, random: Math.random, say };
    const { comparison } = await runDemo(run);
    if (comparison !== null && comparison.different > 0) process.exitCode = 1;
  } finally {
    await target.stop();
  }
}

/** Ctrl-C ends what was started, too. */
function stopOnSignals(starting: Promise<Target>): void {
  const stop = () => void starting.then((target) => target.stop()).finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
}

/** One line for what the user can mend, the stack for a bug. */
const lineOf = (error: Error): string => {
  const mendable =
    error instanceof BadInput || String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
  const isBug = error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;
  return isBug && !mendable ? (error.stack ?? error.message) : error.message;
};

main()
  .then(() => process.exit())
  .catch((error: Error) => {
    console.error(`demo: ${lineOf(error)}`);
    process.exit(1);
  });
