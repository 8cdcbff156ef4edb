import {
  type EvaluationContext,
  FlagNotFoundError,
  GeneralError,
  InvalidContextError,
  type JsonValue,
  OpenFeatureEventEmitter,
  type Provider,
  ProviderEvents,
  ProviderFatalError,
  ProviderNotReadyError,
  type ResolutionDetails,
  StandardResolutionReasons,
  TargetingKeyMissingError,
  type TrackingEventDetails,
  TypeMismatchError,
} from '@openfeature/server-sdk';
import { askerOf } from './asker.ts';
import { type Cached, type Configurations, createConfigurationCache } from './cache.ts';
import type { DefinitionsSource } from './definitions.ts';
import type { Exposures } from './exposures.ts';
import { createHealth } from './health.ts';
import { createLocalConfigurations } from './local.ts';
import { TokenRefused, UnknownPlayer } from './server.ts';
import type { Configuration, ConfigurationSource, ValueSource } from './source.ts';

/** @property source      `serverSource({ url, token })`, or a function that answers from a snapshot in this process
 *  @property definitions `serverDefinitions({ url, token })`: evaluations are made in this process, and `source` is asked only where a rule decides
 *                        by what the server alone knows of a player. Left out, it is asked for each player
 *  @property ttlMs       how long a configuration, or the definitions, count, 60 s when left out
 *  @property pollMs      how often it is asked whether anything changed, `ttlMs` when left out; 0 = never
 *  @property maxPlayers  configurations that are remembered, 10,000 when left out
 *  @property needsKey    true = an evaluation without a targeting key is an error; else it answers with what everybody has
 *  @property exposures   takes what is tracked as {@link exposureEvent} */
export type SandaiProviderOptions = {
  readonly source: ConfigurationSource;
  readonly definitions?: DefinitionsSource;
  readonly ttlMs?: number;
  readonly pollMs?: number;
  readonly maxPlayers?: number;
  readonly needsKey?: boolean;
  readonly exposures?: Exposures;
  readonly now?: () => number;
};

const reasonOf = ({ source, experiment_id }: ValueSource): string => {
  if (source === 'built_in') return StandardResolutionReasons.DEFAULT;
  return experiment_id === null || source === 'global'
    ? StandardResolutionReasons.STATIC
    : StandardResolutionReasons.SPLIT;
};

/** Tracked with `{ experiment_id }` it says that the player of the context was shown what the experiment changes. */
export const exposureEvent = 'exposure';

/** Experiments that a player takes part in and that set the value for one cohort or another, with their runs: `new-shop/2,prices/1`. Who sees what
 *  everybody has because their cohort sets nothing is shown the experiment as much as the others. */
const exposesOf = ({ experiments = [] }: Configuration, key: string): string =>
  experiments
    .filter(({ names }) => names.includes(key))
    .map(({ experiment_id, run }) => `${experiment_id}/${run}`)
    .join(',');

/** Tells nobody. */
const untold = { health: { failed: () => undefined, answered: () => undefined }, onChanged: () => undefined };

/** OpenFeature over Sandai's remote config. The targeting key is the player's id; `platform`, `app_version`, `country` and `language` of the context are
 *  passed on. A value's name is its flag's key; its variant is the cohort. Nothing is recorded as shown but by
 *  {@link Exposures}. */
export class SandaiProvider implements Provider {
  readonly metadata = { name: 'sandai' } as const;
  readonly runsOn = 'server' as const;
  readonly events = new OpenFeatureEventEmitter();
  readonly #configurations: Configurations;
  readonly #pollMs: number;
  readonly #needsKey: boolean;
  readonly #exposures: Exposures | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(options: SandaiProviderOptions) {
    const { source, definitions, ttlMs = 60_000, pollMs = ttlMs, maxPlayers = 10_000, now = Date.now } = options;
    this.#pollMs = pollMs;
    this.#needsKey = options.needsKey ?? false;
    this.#exposures = options.exposures;
    const health = createHealth({
      onOutage: (error) => this.events.emit(ProviderEvents.Stale, { message: messageOf(error) }),
      onRecovered: () => this.events.emit(ProviderEvents.Ready),
    });
    const onChanged = (names: readonly string[]) =>
      this.events.emit(ProviderEvents.ConfigurationChanged, { flagsChanged: [...names] });
    const remote = createConfigurationCache({
      source,
      ttlMs,
      maxEntries: maxPlayers,
      now,
      isRefusal: (error) => error instanceof UnknownPlayer,
      // where there are definitions, outages and what has changed are told of by them alone
      ...(definitions === undefined ? { health, onChanged } : untold),
    });
    this.#configurations =
      definitions === undefined
        ? remote
        : createLocalConfigurations({ definitions, ttlMs, maxPlayers, now, health, remote, onChanged });
  }

  /** Reads what everybody has, or the definitions. Where the source does not answer it is asked again every `pollMs`.
   *  @throws ProviderFatalError when the token does not count */
  async initialize(): Promise<void> {
    if (this.#pollMs > 0) {
      this.#timer = setInterval(() => {
        this.#configurations.poll().catch(() => undefined); // told by an event
      }, this.#pollMs);
      this.#timer.unref();
    }
    try {
      await this.#configurations.poll();
    } catch (error) {
      if (!(error instanceof TokenRefused)) throw error;
      clearInterval(this.#timer);
      throw new ProviderFatalError(error.message);
    }
  }

  async onClose(): Promise<void> {
    clearInterval(this.#timer);
    this.#configurations.clear();
  }

  resolveBooleanEvaluation(key: string, _: boolean, context: EvaluationContext): Promise<ResolutionDetails<boolean>> {
    return this.#resolve(key, context, (value): value is boolean => typeof value === 'boolean');
  }

  resolveStringEvaluation(key: string, _: string, context: EvaluationContext): Promise<ResolutionDetails<string>> {
    return this.#resolve(key, context, (value): value is string => typeof value === 'string');
  }

  resolveNumberEvaluation(key: string, _: number, context: EvaluationContext): Promise<ResolutionDetails<number>> {
    return this.#resolve(key, context, (value): value is number => typeof value === 'number');
  }

  resolveObjectEvaluation<T extends JsonValue>(
    key: string,
    _: T,
    context: EvaluationContext,
  ): Promise<ResolutionDetails<T>> {
    return this.#resolve(key, context, (value): value is T => typeof value === 'object' && value !== null);
  }

  /** Takes exposures; what else players do is told by their clients. */
  track(name: string, context: EvaluationContext, { experiment_id }: TrackingEventDetails): void {
    if (name === exposureEvent && typeof experiment_id === 'string') this.#exposures?.expose(experiment_id, context);
  }

  async #configurationOf(context: EvaluationContext): Promise<Cached> {
    const asker = askerOf(context);
    if (this.#needsKey && asker.player === null) throw new TargetingKeyMissingError('the targeting key is the player');
    try {
      return await this.#configurations.get(asker);
    } catch (error) {
      if (error instanceof UnknownPlayer) throw new InvalidContextError(error.message);
      const message = `no configuration can be had: ${messageOf(error)}`;
      throw this.#configurations.hasRead() ? new GeneralError(message) : new ProviderNotReadyError(message);
    }
  }

  async #resolve<T extends JsonValue>(
    key: string,
    context: EvaluationContext,
    fits: (value: JsonValue) => value is T,
  ): Promise<ResolutionDetails<T>> {
    const { configuration, stale } = await this.#configurationOf(context);
    if (!Object.hasOwn(configuration.values, key)) throw new FlagNotFoundError(`nothing is named ${key}`);
    const value = configuration.values[key] as JsonValue;
    if (!fits(value)) throw new TypeMismatchError(`${key} is ${JSON.stringify(value)}`);
    const from = configuration.sources[key];
    const exposes = exposesOf(configuration, key);
    return {
      value,
      reason: stale || from === undefined ? StandardResolutionReasons.STALE : reasonOf(from),
      ...(from !== undefined && {
        variant: from.cohort ?? 'built_in',
        flagMetadata: {
          source: from.source,
          revision: configuration.revision,
          ...(from.experiment_id !== null && { experiment_id: from.experiment_id }),
          ...(from.version !== null && { version: from.version }),
          ...(exposes !== '' && { exposes }),
        },
      }),
    };
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
