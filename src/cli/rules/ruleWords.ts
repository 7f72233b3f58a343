import { Messages } from '@salesforce/core';
import type { ExplainedCriterion, PlainValue } from '../../rules/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.rules');

/** A value as a person reads it: texts in quotes, so that their blanks can be seen. */
export function valueText(value: PlainValue): string {
  if (value === null) return messages.getMessage('word.blank');
  if (typeof value !== 'object') return typeof value === 'string' ? JSON.stringify(value) : String(value);
  const fields = Object.entries(value).map(([name, field]) => `${name}: ${valueText(field)}`);
  return `{${fields.join(', ')}}`;
}

/** Returns `no  1. TransactionJournal.Quantity is 1: must be greater than 2`, or `yes …`. */
export function criterionText({ number, field, operator, wanted, left, right, isMet }: ExplainedCriterion): string {
  const word = messages.getMessage(isMet ? 'word.yes' : 'word.no').padEnd(3);
  const place = String(number);
  const words = messages.getMessage(`operator.${operator}`);
  if (wanted === null) {
    return messages.getMessage('info.criterionWithoutValue', [word, place, field, valueText(left), words]);
  }
  const value = wantedText(right, wanted, left);
  return messages.getMessage('info.criterion', [word, place, field, valueText(left), words, value]);
}

/** A formula is shown beside its value. A text counts as a number where it is compared with one. */
function wantedText(right: PlainValue, wanted: string, left: PlainValue): string {
  if (typeof left === 'number' && right === wanted) return wanted;
  const value = valueText(right);
  const isWritten = value === wanted || right === wanted || value === JSON.stringify(wanted);
  return isWritten ? value : messages.getMessage('info.wanted', [value, wanted]);
}

/** Why something did not happen, as a clause. */
export function reasonText(code: string, ...told: string[]): string {
  return messages.getMessage(`reason.${code}`, told);
}
