import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Mode } from '../aggregates/matchmaking.ts';
import type { ReadSide } from '../cli/read-side.ts';
import type { Settings } from '../config/schema.ts';
import type { EventLog } from '../event-store/port.ts';
import type { AssetAmount } from '../events/wallet.ts';
import { type Matchmaker, startMatchmaker } from '../matchmaking/matchmaker.ts';
import type { Database } from '../ports/database.ts';

/** The mode table as configured. */
export const modesOf = ({ modes }: Settings['matchmaking']): readonly Mode[] =>
  modes.map((text) => {
    const [name = '', teamSize, teams] = text.split(':');
    return { name, teamSize: Number(teamSize), teams: Number(teams) };
  });

/** What those who win a match are given. */
export function rewardOf({ victoryReward }: Settings['matchmaking']): AssetAmount | undefined {
  const [asset = '', amount] = victoryReward?.split(':') ?? [];
  return amount === undefined ? undefined : { kind: 'currency', asset, amount: Number(amount) };
}

/** Starts this process's matchmaker; of all processes one at a time works. */
export function runMatchmaker(options: {
  readonly settings: Pick<Settings, 'matchmaking' | 'processors'>;
  readonly log: EventLog;
  readonly database: Database;
  readonly readSide: Pick<ReadSide, 'matchmakingQueue'>;
  readonly now: () => number;
  readonly onProblem: (name: string, error: unknown) => void;
}): Matchmaker {
  const { settings, log, database, readSide, now, onProblem } = options;
  const { matchmaking, processors } = settings;
  return startMatchmaker({
    log,
    queue: readSide.matchmakingQueue,
    database,
    owner: `${hostname()}:${process.pid}:${randomUUID()}`,
    leaseMs: processors.leaseMs,
    modes: modesOf(matchmaking),
    widening: { base: matchmaking.skillWindow, perSecond: matchmaking.skillWindowPerSecond },
    matchMs: matchmaking.matchMinutes * 60_000,
    now,
    onProblem,
  });
}
