import type { TargetingCondition, TargetingRule } from '../events/targeting.ts';

/** What is known of a player; what is left out is not known. @property account_age_days whole days */
export type PlayerAttributes = {
  readonly tier?: string;
  readonly account_age_days?: number;
  readonly platform?: string;
  readonly app_version?: string;
  readonly country?: string;
  readonly language?: string;
};

const isNumeric = (text: string): boolean => /^\d+$/.test(text);

const compareParts = (left: string, right: string): number => {
  if (isNumeric(left) && isNumeric(right)) return Number(left) - Number(right);
  if (isNumeric(left) !== isNumeric(right)) return isNumeric(left) ? -1 : 1;
  return left < right ? -1 : left > right ? 1 : 0;
};

const partsOf = (version: string): { readonly numbers: string[]; readonly pre: string[] } => {
  const withoutBuild = version.split('+')[0] as string;
  const dash = withoutBuild.indexOf('-');
  const core = dash === -1 ? withoutBuild : withoutBuild.substring(0, dash);
  return { numbers: core.split('.'), pre: dash === -1 ? [] : withoutBuild.substring(dash + 1).split('.') };
};

/** Order of two semantic versions: negative, 0, positive. Missing numbers are 0, what stands after `+` does not count.
 *  @see https://semver.org/#spec-item-11 */
function compareVersions(left: string, right: string): number {
  const a = partsOf(left);
  const b = partsOf(right);
  for (let at = 0; at < 3; at += 1) {
    const difference = Number(a.numbers[at] || 0) - Number(b.numbers[at] || 0);
    if (difference !== 0) return difference;
  }
  if (a.pre.length === 0 || b.pre.length === 0) return b.pre.length - a.pre.length;
  for (let at = 0; at < a.pre.length && at < b.pre.length; at += 1) {
    const difference = compareParts(a.pre[at] as string, b.pre[at] as string);
    if (difference !== 0) return difference;
  }
  return a.pre.length - b.pre.length;
}

function isAmong(values: readonly string[], text: string): boolean {
  for (let at = 0; at < values.length; at += 1)
    if ((values[at] as string).toLowerCase() === text.toLowerCase()) return true;
  return false;
}

function holds(condition: TargetingCondition, attributes: PlayerAttributes): boolean {
  const known = attributes[condition.attribute];
  if (known === undefined) return false;
  if (condition.operator === 'in') return isAmong(condition.value, String(known));
  const difference =
    condition.attribute === 'app_version'
      ? compareVersions(String(known), condition.value)
      : Number(known) - condition.value;
  return condition.operator === 'at_least' ? difference >= 0 : difference < 0;
}

/** Whether a rule holds of a player. A condition on an attribute that is not known does not hold. */
export function isTargeted(rule: TargetingRule, attributes: PlayerAttributes): boolean {
  if ('not' in rule) return !isTargeted(rule.not, attributes);
  if ('all' in rule) {
    for (let at = 0; at < rule.all.length; at += 1)
      if (!isTargeted(rule.all[at] as TargetingRule, attributes)) return false;
    return true;
  }
  if ('any' in rule) {
    for (let at = 0; at < rule.any.length; at += 1)
      if (isTargeted(rule.any[at] as TargetingRule, attributes)) return true;
    return false;
  }
  return holds(rule, attributes);
}

/** Whether a rule asks for an attribute. */
export function asksFor(rule: TargetingRule, attribute: keyof PlayerAttributes): boolean {
  if ('not' in rule) return asksFor(rule.not, attribute);
  if ('all' in rule || 'any' in rule) {
    const rules = 'all' in rule ? rule.all : rule.any;
    for (let at = 0; at < rules.length; at += 1) if (asksFor(rules[at] as TargetingRule, attribute)) return true;
    return false;
  }
  return rule.attribute === attribute;
}
