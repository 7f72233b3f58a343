import { Messages } from '@salesforce/core';
import type { ExplainedCondition, ExplainedCriterion, ExplainedValue } from '../../rules/index.js';
import { wrapped } from '../terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.rules');

/** A value as a person reads it: texts in quotes, so that their blanks can be seen. */
export function valueText(value: ExplainedValue): string {
  if (value === null) return messages.getMessage('word.blank');
  if (typeof value !== 'object') return typeof value === 'string' ? JSON.stringify(value) : String(value);
  const fields = Object.entries(value).map(([name, field]) => `${name}: ${valueText(field)}`);
  return `{${fields.join(', ')}}`;
}

/**
 * Returns the title of a condition, and a line for each criterion with the values that were compared: `no   1.
 * TransactionJournal.Quantity is 1: must be greater than 2`. One that is alone has no number.
 */
export function conditionLines(
  { step, logic, criteria, isMet }: Pick<ExplainedCondition, 'step' | 'logic' | 'criteria' | 'isMet'>,
  indent: string,
): string[] {
  const word = messages.getMessage(isMet ? 'word.met' : 'word.notMet');
  const isAlone = criteria.length === 1;
  const title = isAlone
    ? messages.getMessage('info.condition', [step, word])
    : messages.getMessage('info.conditionWithLogic', [step, logic, word]);
  return [
    ...wrapped(title, indent),
    ...criteria.flatMap((each) => wrapped(criterionText(each, isAlone ? '' : ` ${each.number}.`), `${indent}  `)),
  ];
}

function criterionText({ field, operator, wanted, left, right, isMet }: ExplainedCriterion, number: string): string {
  const word = messages.getMessage(isMet ? 'word.yes' : 'word.no').padEnd(4) + number;
  const words = messages.getMessage(`operator.${operator}`);
  if (wanted === null) return messages.getMessage('info.criterionWithoutValue', [word, field, valueText(left), words]);
  const value = wantedText(right, wanted, left);
  return messages.getMessage('info.criterion', [word, field, valueText(left), words, value]);
}

/** A formula is shown beside its value. A text counts as a number where it is compared with one. */
function wantedText(right: ExplainedValue, wanted: string, left: ExplainedValue): string {
  if (typeof left === 'number' && right === wanted) return wanted;
  const value = valueText(right);
  const isWritten = value === wanted || right === wanted || value === JSON.stringify(wanted);
  return isWritten ? value : messages.getMessage('info.wanted', [value, wanted]);
}

/** Why something did not happen, as a clause. */
export function reasonText(code: string, ...told: string[]): string {
  return messages.getMessage(`reason.${code}`, told);
}
