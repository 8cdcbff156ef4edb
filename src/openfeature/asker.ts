import type { EvaluationContext } from '@openfeature/server-sdk';

/** For whom a configuration is asked. @property player null = nobody in particular */
export type Asker = {
  readonly player: string | null;
  readonly platform?: string;
  readonly app_version?: string;
  readonly country?: string;
  readonly language?: string;
};

/** The same text for the same asker, and another for any other. */
export const keyOfAsker = ({ player, ...told }: Asker): string =>
  JSON.stringify([player, Object.entries(told).sort(([left], [right]) => (left < right ? -1 : 1))]);

const attributes = ['platform', 'app_version', 'country', 'language'] as const;

/** What a context says of a player: the targeting key is the player's id. */
export const askerOf = (context: EvaluationContext): Asker => ({
  player: context.targetingKey === undefined || context.targetingKey === '' ? null : context.targetingKey,
  ...Object.fromEntries(
    attributes.flatMap((name) => (typeof context[name] === 'string' ? [[name, context[name]]] : [])),
  ),
});
