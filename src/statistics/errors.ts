/** Why a question has no answer: what was given is no such number, or there is too little of it. */
export type StatisticsProblem = 'INVALID_NUMBER' | 'TOO_FEW_PLAYERS' | 'NO_VARIANCE';

/** A statistic that is not defined for what was given. Its message says which number, and what it has to be. */
export class StatisticsError extends Error {
  override readonly name = 'StatisticsError';
  readonly problem: StatisticsProblem;
  constructor(problem: StatisticsProblem, message: string) {
    super(message);
    this.problem = problem;
  }
}

/** @throws StatisticsError `INVALID_NUMBER` */
export function requireFinite(name: string, value: number): void {
  if (!Number.isFinite(value))
    throw new StatisticsError('INVALID_NUMBER', `${name} is ${value}: give a finite number.`);
}

/** @throws StatisticsError `INVALID_NUMBER` */
export function requirePositive(name: string, value: number): void {
  if (!(value > 0 && value < Infinity))
    throw new StatisticsError('INVALID_NUMBER', `${name} is ${value}: give a number above 0.`);
}

/** @throws StatisticsError `INVALID_NUMBER` */
export function requireCount(name: string, value: number): void {
  if (!(Number.isSafeInteger(value) && value >= 0))
    throw new StatisticsError('INVALID_NUMBER', `${name} is ${value}: give a whole number from 0.`);
}

/** Neither 0 nor 1: both would leave nothing to decide.
 *  @throws StatisticsError `INVALID_NUMBER` */
export function requireProbability(name: string, value: number): void {
  if (!(value > 0 && value < 1))
    throw new StatisticsError('INVALID_NUMBER', `${name} is ${value}: give a number between 0 and 1.`);
}
