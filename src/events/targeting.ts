import { z } from 'zod';
import { appVersionPattern, attributeTextPattern } from './attributes.ts';

/** Texts that a rule can ask for: the tier is known here, the others are told by who asks. */
export const textAttributes = ['tier', 'platform', 'country', 'language'] as const;

export const appVersionField = z.string().regex(appVersionPattern);
export const attributeTextField = z.string().regex(attributeTextPattern);

const comparison = z.enum(['at_least', 'below']);
const conditionField = z.union([
  z.strictObject({
    attribute: z.enum(textAttributes),
    operator: z.literal('in'),
    value: z.array(attributeTextField).min(1).max(50),
  }),
  z.strictObject({ attribute: z.literal('app_version'), operator: comparison, value: appVersionField }),
  z.strictObject({
    attribute: z.literal('account_age_days'),
    operator: comparison,
    value: z.int().min(0).max(100_000),
  }),
]);

/** One thing that must hold of a player; of an attribute that is not known it does not hold. */
export type TargetingCondition = z.infer<typeof conditionField>;
/** Whom an experiment is for. */
export type TargetingRule =
  | TargetingCondition
  | { all: TargetingRule[] }
  | { any: TargetingRule[] }
  | { not: TargetingRule };

const maxDepth = 5;
const maxRules = 50;

/** Rules in a value, or more than {@link maxRules} where it is nested too deep or has too many. */
function rulesIn(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth > maxDepth) return maxRules + 1;
  const { all, any, not } = value as { all?: unknown; any?: unknown; not?: unknown };
  let count = 1;
  for (const child of [all, any, not].flat()) {
    count += rulesIn(child, depth + 1);
    if (count > maxRules) break;
  }
  return count;
}

const ruleField: z.ZodType<TargetingRule> = z.lazy(() => {
  const rules = z.array(ruleField).min(1).max(maxRules);
  return z.union([
    conditionField,
    z.strictObject({ all: rules }),
    z.strictObject({ any: rules }),
    z.strictObject({ not: ruleField }),
  ]);
});

/** A rule nested at most 5 deep, with at most 50 parts. */
export const targetingRuleField: z.ZodType<TargetingRule> = z
  .unknown()
  .refine((value) => rulesIn(value, 1) <= maxRules, {
    error: `must be nested at most ${maxDepth} deep, and have at most ${maxRules} parts`,
  })
  .pipe(ruleField) as unknown as z.ZodType<TargetingRule>;
