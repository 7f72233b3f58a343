import { isGroupRule, lineRuleOf } from './groupRules.js';
import type { JournalRule } from './groupRules.js';
import type { DateRule } from './rowRules.js';

/** Returns the columns that a rule names. */
export function columnsOfRule(rule: JournalRule): readonly string[] {
  if (typeof rule === 'string') return [rule];
  if (isGroupRule(rule)) return columnsOfRule(lineRuleOf(rule));
  if ('column' in rule) return [rule.column];
  if ('date' in rule) return columnsOfDate(rule);
  if ('number' in rule) return [rule.number];
  if ('translate' in rule) return [rule.translate];
  return 'multiply' in rule ? rule.multiply.filter((factor) => typeof factor === 'string') : [];
}

/** Returns the columns whose texts make the date, in their order. */
export function columnsOfDate({ date }: Pick<DateRule, 'date'>): readonly string[] {
  return typeof date === 'string' ? [date] : date;
}
