import { z } from 'zod';
import {
  NamedColumn,
  ColumnOrExpression,
  ColumnRule,
  DateRule,
  decimals,
  decimalSeparator,
  MultiplyRule,
  NumberRule,
  rowForms,
  TranslateRule,
} from './rowRules.js';

/** What is read of each line of a group. */
export const lineForms = [ColumnRule, DateRule, NumberRule, MultiplyRule, TranslateRule] as const;
const LineRule = z.union([NamedColumn, ...lineForms]);
type LineRule = z.infer<typeof LineRule>;

const FirstRule = z.strictObject({ first: LineRule }).describe('Of the first line of the group that has a value.');
const LastRule = z.strictObject({ last: LineRule }).describe('Of the last line of the group that has a value.');
const MinRule = z
  .strictObject({ min: LineRule })
  .describe('The smallest number, the earliest date, or the first text.');
const MaxRule = z.strictObject({ max: LineRule }).describe('The largest number, the latest date, or the last text.');

/** What is added: the numbers of a column, or what a rule makes of each line. */
export const sumForms = [NumberRule, MultiplyRule] as const;
const SumRule = z
  .strictObject({ sum: z.union([NamedColumn, ...sumForms]), decimals, decimalSeparator })
  .describe('The exact sum of all lines of the group.');
type SumRule = z.infer<typeof SumRule>;

const CountRule = z
  .strictObject({ count: NamedColumn })
  .describe('The number of lines of the group in which the column is not empty.');

const JoinRule = z
  .strictObject({ join: LineRule, separator: z.string().optional().describe('Default: a comma and a blank.') })
  .describe('The texts of all lines of the group that have one.');

/** Forms of fields that are made from all lines of a group. */
export const groupForms = [SumRule, CountRule, MinRule, MaxRule, FirstRule, LastRule, JoinRule] as const;
export type GroupFieldRule = z.infer<(typeof groupForms)[number]>;

/** How a field of a journal is made. */
export const JournalRule = z.union([NamedColumn, ...rowForms, ...groupForms]);
export type JournalRule = z.infer<typeof JournalRule>;

export const Group = z
  .strictObject({
    by: z
      .union([ColumnOrExpression, z.array(ColumnOrExpression).min(1)])
      .describe(
        'Column or columns, such as the receipt number. Rows that follow each other and have the same values are lines of one group.',
      ),
    completeAfter: z
      .number()
      .positive()
      .max(86_400)
      .optional()
      .describe('Only for a file that is watched: seconds without a new row after which the last group is complete.'),
  })
  .describe('Rows that follow each other become one transaction.');

/** Whether a rule is made from all lines of a group. */
export function isGroupRule(rule: JournalRule): rule is GroupFieldRule {
  return typeof rule === 'object' && groupForms.some((form) => (Object.keys(form.shape)[0] ?? '') in rule);
}

/** Returns the rule that is applied to each line. */
export function lineRuleOf(rule: GroupFieldRule): LineRule {
  if ('sum' in rule) return typeof rule.sum === 'string' ? { ...numberOf(rule), number: rule.sum } : rule.sum;
  if ('count' in rule) return rule.count;
  if ('min' in rule) return rule.min;
  if ('max' in rule) return rule.max;
  if ('first' in rule) return rule.first;
  return 'last' in rule ? rule.last : rule.join;
}

function numberOf({ decimalSeparator: separator }: SumRule): Pick<SumRule, 'decimalSeparator'> {
  return separator === undefined ? {} : { decimalSeparator: separator };
}
