import type { Rule } from '../programRules.js';
import type { SkipReason } from './ruleTrace.js';
import type { RuleJournal, RuleWorld } from './ruleWorld.js';

/**
 * Returns why a rule does not run for a journal. The dates and the status of its promotion count instead of its own; the
 * member must be able to take part in it.
 */
export function whySkipped(
  rule: Rule,
  journal: RuleJournal,
  { world }: { readonly world: RuleWorld },
): SkipReason | undefined {
  const day = journal.activityDay;
  if (rule.promotion === undefined) {
    if (rule.status !== 'Active') return 'ruleNotActive';
    if (isBefore(day, rule.startDate)) return 'ruleNotStarted';
    return isAfter(day, rule.endDate) ? 'ruleEnded' : undefined;
  }
  const promotion = world.promotion(rule.promotion);
  if (!promotion) return 'noSuchPromotion';
  if (!promotion.isActive) return 'promotionNotActive';
  if (isBefore(day, promotion.startDate)) return 'promotionNotStarted';
  if (isAfter(day, promotion.endDate)) return 'promotionEnded';
  return world.isEligible(journal, rule.promotion) ? undefined : 'memberNotEligible';
}

function isBefore(day: string, start: string | undefined): boolean {
  return start !== undefined && day < start;
}

function isAfter(day: string, end: string | undefined): boolean {
  return end !== undefined && day > end;
}
