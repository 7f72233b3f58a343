import type { RuleValue } from '../ruleValue.js';

const number = /^-?(0|[1-9]\d{0,14})(\.\d{1,15})?$/;
const day = /^\d{4}-\d\d-\d\d$/;
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/**
 * Returns what a cell of a table means: a number, `true` or `false`, a day, a moment, or else a text. Digits with zeros
 * before them are a text, because they are a code.
 */
export function cellValue(text: string): RuleValue {
  if (text === '') return null;
  if (number.test(text)) return Number(text);
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return timeValue(text) ?? text;
}

/** Undefined if the text is no day and no moment. */
export function timeValue(text: string): RuleValue | undefined {
  const isDay = day.test(text);
  const time = isDay || moment.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(time)) return undefined;
  return isDay ? { is: 'Date', day: text } : { is: 'DateTime', moment: new Date(time).toISOString() };
}
