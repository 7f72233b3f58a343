import type { RulePlace } from '../programRules.js';
import type { RulesReading } from './rulesReading.js';
import { suggestion } from './suggestion.js';

interface LinkedRule {
  readonly name: string;
  readonly previous: string | undefined;
  /** Where the previous rule is named. */
  readonly previousPlace: RulePlace;
}

/** Puts rules in their chain: first the one without a previous rule, then the one that names it, and so on. */
export function ruleChain<Link extends LinkedRule>(rules: readonly Link[], reading: RulesReading): Link[] {
  const names = new Set(rules.map(({ name }) => name));
  const next = new Map<string | undefined, Link>();
  for (const rule of rules) {
    const { name, previous, previousPlace } = rule;
    const rival = next.get(previous);
    if (previous !== undefined && !names.has(previous))
      reading.fail(
        previousPlace,
        `<previousRule> names no rule of this process: "${previous}"${suggestion(
          previous,
          [...names].filter((each) => each !== name),
        )}`,
      );
    else if (rival) reading.fail(previousPlace, twice(rival, rule));
    else next.set(previous, rule);
  }
  // With two rules of one name, which are a mistake of their own, the chain could return to itself.
  const placed = new Set<Link>();
  for (let rule = next.get(undefined); rule && !placed.has(rule); rule = next.get(rule.name)) placed.add(rule);
  const inCycle = [...next.values()].find((rule) => !placed.has(rule) && isInCycle(rule, next));
  if (inCycle)
    reading.fail(inCycle.previousPlace, `the rule "${inCycle.name}" follows itself, by way of its previous rules`);
  return [...placed];
}

function twice(rival: LinkedRule, { name, previous }: LinkedRule): string {
  if (previous === undefined)
    return `the rules "${rival.name}" and "${name}" both have no previous rule: only the first one has none`;
  return `the rules "${rival.name}" and "${name}" both follow "${previous}"`;
}

function isInCycle(rule: LinkedRule, next: ReadonlyMap<string | undefined, LinkedRule>): boolean {
  const seen = new Set<LinkedRule>();
  for (let each = next.get(rule.name); each && !seen.has(each); each = next.get(each.name)) {
    if (each === rule) return true;
    seen.add(each);
  }
  return false;
}
