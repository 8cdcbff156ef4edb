import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { listPoison, type PoisonEvent, resolvePoison } from '../processors/poison.ts';
import { type CliContext, UserError } from './command.ts';
import { table } from './table.ts';
import { withDatabase } from './with-database.ts';

const wholeNumber = (text: string): bigint => {
  if (!/^\d{1,18}$/.test(text)) throw new InvalidArgumentError('Give a whole number.');
  return BigInt(text);
};

const stateOf = ({ resolution, done }: PoisonEvent): string => {
  if (resolution === 'skip') return done ? 'skipped' : 'to be skipped';
  return resolution === 'retry' ? 'to be retried now' : 'stops its partition';
};

const addresses = () => [
  new Argument('<processor>', 'as `poison list` shows it, for example leaderboards#g1'),
  new Argument('<partition>', 'partition of the event').argParser(wholeNumber),
  new Argument('<position>', 'position of the event').argParser(wholeNumber),
];

/** `sandai projections poison list | retry | skip`: events that a processor cannot take, each of which stops one partition of it. */
export function poisonCommands(parent: Command, { settings, out, note }: CliContext): void {
  const command = parent.command('poison').description('events that a processor cannot take');

  command
    .command('list')
    .description('show them, with their errors')
    .addOption(new Option('--json', 'print JSON'))
    .action(async ({ json }: { json?: boolean }) => {
      const events = await withDatabase(settings(), note, listPoison);
      if (json)
        return out(
          JSON.stringify(
            events.map((each) => ({ ...each, position: `${each.position}` })),
            null,
            2,
          ),
        );
      if (events.length === 0) return out('There are none.');
      const rows = events.map((each) => [
        each.processor,
        `${each.partition}`,
        `${each.position}`,
        each.eventType,
        `${each.attempts}`,
        stateOf(each),
        each.error.split('\n')[0]!,
      ]);
      for (const line of table([['PROCESSOR', 'PARTITION', 'POSITION', 'TYPE', 'TRIES', 'STATE', 'ERROR'], ...rows]))
        out(line);
    });

  const resolve = (resolution: 'retry' | 'skip', description: string, done: string) => {
    const one = command.command(resolution).description(description);
    for (const address of addresses()) one.addArgument(address);
    one.action(async (processor: string, partition: bigint, position: bigint) => {
      const at = { processor, partition: Number(partition), position };
      const found = await withDatabase(settings(), note, (sql) => resolvePoison(sql, at, resolution));
      if (!found)
        throw new UserError(
          `No event at partition ${partition} position ${position} stops ${processor}: see \`npx sandai projections poison list\`.`,
        );
      out(done);
    });
  };
  resolve('retry', 'try one again now', 'The processor tries it again within a second.');
  resolve('skip', 'let the processor go on without one; it stays listed', 'The processor skips it within a second.');
}
