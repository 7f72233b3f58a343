import { isGroupRule, lineRuleOf } from './groupRules.js';
import type { JournalRule } from './groupRules.js';

/** Returns the columns that a rule names. */
export function columnsOfRule(rule: JournalRule): readonly string[] {
  if (typeof rule === 'string') return [rule];
  if (isGroupRule(rule)) return columnsOfRule(lineRuleOf(rule));
  if ('column' in rule) return [rule.column];
  if ('date' in rule) return [rule.date];
  if ('number' in rule) return [rule.number];
  if ('translate' in rule) return [rule.translate];
  return 'multiply' in rule ? rule.multiply : [];
}
