import {
  type EvaluationContext,
  FlagNotFoundError,
  GeneralError,
  InvalidContextError,
  type JsonValue,
  OpenFeatureEventEmitter,
  type Provider,
  ProviderEvents,
  type ResolutionDetails,
  StandardResolutionReasons,
  TypeMismatchError,
} from '@openfeature/server-sdk';
import { type ConfigurationCache, createConfigurationCache } from './cache.ts';
import { type Asker, type ConfigurationSource, UnknownPlayer, type ValueSource } from './source.ts';

/** @property source     `serverSource({ url, token })`, or a function that answers from a snapshot in this process
 *  @property ttlMs      how long a configuration counts, 60 s when left out
 *  @property pollMs     how often it is asked whether anything changed, `ttlMs` when left out; 0 = never
 *  @property maxPlayers configurations that are remembered, 10,000 when left out */
export type SandaiProviderOptions = {
  readonly source: ConfigurationSource;
  readonly ttlMs?: number;
  readonly pollMs?: number;
  readonly maxPlayers?: number;
  readonly now?: () => number;
};

const attributes = ['platform', 'app_version', 'country', 'language'] as const;

const askerOf = (context: EvaluationContext): Asker => ({
  player: context.targetingKey === undefined || context.targetingKey === '' ? null : context.targetingKey,
  ...Object.fromEntries(
    attributes.flatMap((name) => (typeof context[name] === 'string' ? [[name, context[name]]] : [])),
  ),
});

const reasonOf = ({ source, experiment_id }: ValueSource): string => {
  if (source === 'built_in') return StandardResolutionReasons.DEFAULT;
  return experiment_id === null || source === 'global'
    ? StandardResolutionReasons.STATIC
    : StandardResolutionReasons.SPLIT;
};

/** OpenFeature over Sandai's remote config. The targeting key is the player's id; `platform`, `app_version`, `country` and `language` of the context are
 *  passed on. A value's name is its flag's key; its variant is the cohort. Nothing is recorded as shown. */
export class SandaiProvider implements Provider {
  readonly metadata = { name: 'sandai' } as const;
  readonly runsOn = 'server' as const;
  readonly events = new OpenFeatureEventEmitter();
  readonly #cache: ConfigurationCache;
  readonly #pollMs: number;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor({ source, ttlMs = 60_000, pollMs = ttlMs, maxPlayers = 10_000, now = Date.now }: SandaiProviderOptions) {
    this.#pollMs = pollMs;
    this.#cache = createConfigurationCache({
      source,
      ttlMs,
      maxEntries: maxPlayers,
      now,
      isRefusal: (error) => error instanceof UnknownPlayer,
      onOutage: (error) => this.events.emit(ProviderEvents.Stale, { message: messageOf(error) }),
      onRecovered: () => this.events.emit(ProviderEvents.Ready),
      onChanged: (names) => this.events.emit(ProviderEvents.ConfigurationChanged, { flagsChanged: [...names] }),
    });
  }

  /** Reads what everybody has. @throws when the source does not answer */
  async initialize(): Promise<void> {
    await this.#cache.poll();
    if (this.#pollMs <= 0) return;
    this.#timer = setInterval(() => {
      this.#cache.poll().catch(() => undefined); // told by an event
    }, this.#pollMs);
    this.#timer.unref();
  }

  async onClose(): Promise<void> {
    clearInterval(this.#timer);
    this.#cache.clear();
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

  async #resolve<T extends JsonValue>(
    key: string,
    context: EvaluationContext,
    fits: (value: JsonValue) => value is T,
  ): Promise<ResolutionDetails<T>> {
    const { configuration, stale } = await this.#cache.get(askerOf(context)).catch((error: unknown) => {
      if (error instanceof UnknownPlayer) throw new InvalidContextError(error.message);
      throw new GeneralError(`no configuration can be had: ${messageOf(error)}`);
    });
    if (!Object.hasOwn(configuration.values, key)) throw new FlagNotFoundError(`nothing is named ${key}`);
    const value = configuration.values[key] as JsonValue;
    if (!fits(value)) throw new TypeMismatchError(`${key} is ${JSON.stringify(value)}`);
    const from = configuration.sources[key];
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
        },
      }),
    };
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
