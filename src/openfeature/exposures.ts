import type { EvaluationContext, Hook } from '@openfeature/server-sdk';
import { type Asker, askerOf } from './asker.ts';
import { askServer, type ServerOptions } from './server.ts';

/** Records that a player was shown the cohort that they are in. */
export type ExposureRecorder = (experiment: string, asker: Asker & { readonly player: string }) => Promise<void>;

/** Records at a server. @param options with a key of the scope `exposures:write`, or the token of a player for themselves */
export function serverExposures(options: ServerOptions): ExposureRecorder {
  const ask = askServer(options);
  return async (experiment, { player, ...attributes }) => {
    await ask(`/v1/experiments/${encodeURIComponent(experiment)}/assignment`, { player_id: player, ...attributes });
  };
}

/** @property record     `serverExposures({ url, token })`, or a function that records elsewhere
 *  @property onError    called when an exposure could not be recorded; it is tried again when the player meets the experiment again
 *  @property maxPlayers of which it is remembered that they were recorded, 100,000 when left out */
export type ExposuresOptions = {
  readonly record: ExposureRecorder;
  readonly onError?: (error: unknown) => void;
  readonly maxPlayers?: number;
};

const maxUnderWay = 64;

/** Exposures of players to experiments, told once each. What is told does not wait: an evaluation is never slower or wrong because of it. */
export class Exposures {
  readonly #options: Required<ExposuresOptions>;
  readonly #told = new Set<string>();
  readonly #underWay = new Set<Promise<void>>();

  constructor({ record, onError = () => undefined, maxPlayers = 100_000 }: ExposuresOptions) {
    this.#options = { record, onError, maxPlayers };
  }

  /** For a client, or for the evaluations at which a player meets what experiments change: exposes the player to each experiment that may set
   *  the flag, whichever of its cohorts they are in. */
  readonly hook: Hook = {
    after: ({ context }, { flagMetadata }) => {
      const { exposes } = flagMetadata;
      if (typeof exposes !== 'string') return;
      for (const experimentAndRun of exposes.split(',')) this.#tell(experimentAndRun, context);
    },
  };

  /** Exposes a player to an experiment, in whatever run it is. */
  expose(experiment: string, context: EvaluationContext): void {
    this.#tell(experiment, context);
  }

  /** Waits for what is on its way, for example before a process ends. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  /** @param experimentAndRun `new-shop/2`, or `new-shop` */
  #tell(experimentAndRun: string, context: EvaluationContext): void {
    const { record, onError, maxPlayers } = this.#options;
    const asker = askerOf(context);
    const { player } = asker;
    const key = `${experimentAndRun} ${player}`;
    // what finds no room is told when the player meets the experiment again
    if (player === null || this.#told.has(key) || this.#underWay.size >= maxUnderWay) return;
    const [oldest] = this.#told;
    if (this.#told.size >= maxPlayers && oldest !== undefined) this.#told.delete(oldest);
    this.#told.add(key);
    const [experiment = ''] = experimentAndRun.split('/');
    const telling = Promise.resolve()
      .then(() => record(experiment, { ...asker, player }))
      .catch((error: unknown) => {
        this.#told.delete(key);
        onError(error);
      })
      .finally(() => this.#underWay.delete(telling));
    this.#underWay.add(telling);
  }
}
