/** Functions of texts. Source: Salesforce Help, "Formula Operators and Functions". A blank text is empty. */
import { decimalOf, readDecimal, writeDecimal } from '../../base/decimal.js';
import { shortText } from '../../base/text/shortText.js';
import type { RuleValue } from '../ruleValue.js';
import { caseSafeId } from './caseSafeId.js';
import type { FormulaFunction } from './formulaPart.js';
import type { FormulaPlace } from './formulaPlace.js';
import { isBlank, isDate, isDateTime, numberFrom, textFrom } from './formulaValues.js';
import { ofText, strictFunction } from './strictFunction.js';

/** As many characters as a formula of the platform can have in its result. */
const longestText = 100_000;

export const textFunctions: Readonly<Record<string, FormulaFunction>> = {
  ASCII: ofText('Numeric', (text) => text.codePointAt(0) ?? null),
  BEGINS: ofTwoTexts((text, part) => text.startsWith(part)),
  BR: strictFunction(0, 'Text', () => '\n'),
  CASESAFEID: ofText(
    'Text',
    (id, place) => caseSafeId(id) ?? place.fail(`needs an Id of 15 or 18 characters, not ${quoted(id)}`),
  ),
  CHR: strictFunction(1, 'Text', ([code = null], place) => character(numberFrom(code, place), place)),
  CONTAINS: ofTwoTexts((text, part) => text.includes(part)),
  FIND: strictFunction([2, 3], 'Numeric', find),
  INCLUDES: ofTwoTexts((text, value) => text.split(';').includes(value)),
  INITCAP: ofText('Text', (text) =>
    text.toLowerCase().replace(/(?<![\p{L}\p{N}])\p{L}/gu, (first) => first.toUpperCase()),
  ),
  ISNUMBER: ofText('Boolean', (text) => readNumber(text) !== undefined),
  ISPICKVAL: ofTwoTexts((text, value) => text === value),
  LEFT: strictFunction(2, 'Text', ([text = null, count = null], place) =>
    textFrom(text, place).slice(0, whole(count, place)),
  ),
  LEN: ofText('Numeric', (text) => text.length),
  LOWER: strictFunction([1, 2], 'Text', ([text = null], place) => textFrom(text, place).toLowerCase()),
  LPAD: strictFunction([2, 3], 'Text', (given, place) => padded(given, place, 'padStart')),
  MID: strictFunction(3, 'Text', mid),
  REVERSE: ofText('Text', (text) => Array.from(text).reverse().join('')),
  RIGHT: strictFunction(2, 'Text', ([text = null, count = null], place) => {
    const wanted = whole(count, place);
    return wanted === 0 ? '' : textFrom(text, place).slice(-wanted);
  }),
  RPAD: strictFunction([2, 3], 'Text', (given, place) => padded(given, place, 'padEnd')),
  SUBSTITUTE: strictFunction(3, 'Text', substitute),
  TEXT: strictFunction(1, 'Text', ([value = null], place) => written(value, place)),
  TRIM: ofText('Text', (text) => text.replaceAll(/^ +| +$/g, '')),
  UPPER: strictFunction([1, 2], 'Text', ([text = null], place) => textFrom(text, place).toUpperCase()),
  VALUE: ofText('Numeric', (text, place) =>
    text === '' ? null : (readNumber(text) ?? place.fail(`needs a text that is a number, not ${quoted(text)}`)),
  ),
};

function ofTwoTexts(apply: (text: string, part: string) => boolean): FormulaFunction {
  return strictFunction(2, 'Boolean', ([text = null, part = null], place) =>
    apply(textFrom(text, place), textFrom(part, place)),
  );
}

/** Counts from 1. Returns 0 if there is none, also for an empty text. */
function find([part = null, text = null, start = 1]: readonly RuleValue[], place: FormulaPlace): RuleValue {
  const [wanted, within] = [textFrom(part, place), textFrom(text, place)];
  const from = Math.trunc(numberFrom(start, place)) - 1;
  return wanted === '' ? 0 : within.indexOf(wanted, Math.max(0, from)) + 1;
}

/** Counts from 1, as it does for a start before the text. */
function mid([text = null, start = null, count = null]: readonly RuleValue[], place: FormulaPlace): RuleValue {
  const from = Math.max(1, Math.trunc(numberFrom(start, place))) - 1;
  return textFrom(text, place).slice(from, from + whole(count, place));
}

/** Every occurrence, literally. */
function substitute([text = null, old = null, replacement = null]: readonly RuleValue[], place: FormulaPlace): string {
  const [within, wanted, by] = [textFrom(text, place), textFrom(old, place), textFrom(replacement, place)];
  return wanted === '' ? within : limited(within.split(wanted).join(by), place);
}

/** A text that is longer than wanted is cut at its end, whichever side is padded. */
function padded(
  [text = null, length = null, pad = ' ']: readonly RuleValue[],
  place: FormulaPlace,
  side: 'padStart' | 'padEnd',
): string {
  const [given, wanted] = [textFrom(text, place), whole(length, place)];
  if (wanted > longestText) place.fail(`makes a text of ${wanted} characters, more than ${longestText}`);
  return given === '' ? '' : given.slice(0, wanted)[side](wanted, textFrom(pad, place));
}

function written(value: RuleValue, place: FormulaPlace): string {
  if (isBlank(value)) return '';
  if (typeof value === 'number') return writeDecimal(decimalOf(value));
  if (isDate(value)) return value.day;
  if (isDateTime(value)) return `${value.moment.slice(0, 10)} ${value.moment.slice(11, 19)}Z`;
  // Choices are texts here.
  return textFrom(value, place);
}

function readNumber(text: string): number | undefined {
  return readDecimal(text)?.toNumber();
}

/** How many characters; none if it is negative. */
function whole(count: RuleValue, place: FormulaPlace): number {
  return Math.max(0, Math.trunc(numberFrom(count, place)));
}

function character(code: number, place: FormulaPlace): string {
  if (!Number.isInteger(code) || code < 1 || code > 0x10_ffff) place.fail(`has no character for ${code}`);
  return String.fromCodePoint(code);
}

function limited(text: string, place: FormulaPlace): string {
  if (text.length > longestText) place.fail(`makes a text of ${text.length} characters, more than ${longestText}`);
  return text;
}

function quoted(text: string): string {
  return JSON.stringify(shortText(text, 100));
}
