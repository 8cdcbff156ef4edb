import { type Command, InvalidArgumentError, Option } from 'commander';
import { StatisticsError } from '../statistics/errors.ts';
import { playersForMeans, playersForShares, powerOfShares } from '../statistics/power.ts';
import { type CliContext, UserError } from './command.ts';

type PlanOptions = {
  baseline?: number;
  deviation?: number;
  effect: number;
  players?: number;
  alpha: number;
  power: number;
};

function number(text: string): number {
  if (/^-?\d{1,15}(\.\d{1,15})?$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a number, for example 0.02.');
}

const help = `
Examples:
  npx sandai experiments plan --baseline 0.19 --effect 0.01      a share of 19 %, which may become 20 %
  npx sandai experiments plan --deviation 195 --effect 5         a mean of numbers with a standard deviation of 195
  npx sandai experiments plan --baseline 0.19 --effect 0.01 --players 5000    how often so many players find it`;

/** `sandai experiments plan`. */
export function addExperimentPlan(experiments: Command, { out }: CliContext): void {
  experiments
    .command('plan')
    .description('say how many players an experiment needs to find a difference')
    .addOption(new Option('--baseline <share>', 'of control').argParser(number).conflicts('deviation'))
    .addOption(new Option('--deviation <number>', 'standard deviation of a mean').argParser(number))
    .addOption(new Option('--effect <difference>', 'that is to be found').argParser(number).makeOptionMandatory())
    .addOption(
      new Option('--players <number>', 'in each cohort: how often do they find it?')
        .argParser(number)
        .conflicts('deviation'),
    )
    .addOption(new Option('--alpha <share>', 'of errors where there is none').default(0.05).argParser(number))
    .addOption(new Option('--power <share>', 'of experiments that find it').default(0.8).argParser(number))
    .addHelpText('after', help)
    .action(({ baseline, deviation, effect, players: some, alpha, power }: PlanOptions) => {
      if (some !== undefined && baseline !== undefined) {
        const found = Math.round(answered(() => powerOfShares(baseline, effect, some, { alpha })) * 1_000) / 10;
        return out(
          `${some.toLocaleString('en-US')} players in each cohort find a difference of ${effect} in ${found} % of the experiments.`,
        );
      }
      const players = Math.ceil(playersOf(baseline, deviation, effect, { alpha, power }));
      const found = `a difference of ${effect} is found in ${Math.round(power * 1_000) / 10} % of the experiments`;
      out(`${players.toLocaleString('en-US')} players in each cohort: ${found}.`);
    });
}

function playersOf(
  baseline: number | undefined,
  deviation: number | undefined,
  effect: number,
  planning: { readonly alpha: number; readonly power: number },
): number {
  if (baseline !== undefined) return answered(() => playersForShares(baseline, effect, planning).control);
  if (deviation !== undefined) return answered(() => playersForMeans(deviation, effect, planning).control);
  throw new UserError('Give --baseline for a share, or --deviation for a mean.');
}

function answered(compute: () => number): number {
  try {
    return compute();
  } catch (error) {
    throw error instanceof StatisticsError ? new UserError(error.message) : error;
  }
}
