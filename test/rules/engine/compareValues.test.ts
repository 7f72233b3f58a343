import { expect } from 'chai';
import { compareValues } from '../../../src/rules/engine/compareValues.js';
import type { CriterionOperator, RuleValue } from '../../../src/rules/index.js';

const day = (text: string): RuleValue => ({ is: 'Date', day: text });
const moment = (text: string): RuleValue => ({ is: 'DateTime', moment: text });

/** Left, operator, right. */
const holding: readonly (readonly [RuleValue, CriterionOperator, RuleValue])[] = [
  ['Pier', 'Equals', 'PIER'],
  [5, 'Equals', '5.0'],
  ['5.00', 'Equals', 5],
  [true, 'Equals', 'TRUE'],
  [null, 'Equals', null],
  ['', 'Equals', null],
  [null, 'NotEquals', 'x'],
  ['x', 'NotEquals', null],
  [5, 'NotEquals', 'five'],
  [4, 'LessThan', '10'],
  ['4', 'LessThan', 10],
  ['abc', 'LessThan', 'abd'],
  [day('2026-06-15'), 'LessThan', day('2026-06-16')],
  [day('2026-06-15'), 'Equals', '2026-06-15'],
  ['2026-06-15', 'GreaterThanOrEquals', day('2026-06-15')],
  [moment('2026-06-15T10:00:00.000Z'), 'GreaterThan', '2026-06-15T09:00:00Z'],
  [5, 'LessThanOrEquals', 5],
  ['Pier Café', 'Contains', 'café'],
  [12345, 'Contains', '234'],
  ['Pier', 'DoesNotContain', 'x'],
  [null, 'DoesNotContain', 'x'],
  ['Pier Café', 'StartsWith', 'pier'],
  ['Pier Café', 'EndsWith', 'CAFÉ'],
  [null, 'IsNull', null],
  ['', 'IsNull', null],
  [0, 'IsNotNull', null],
  [false, 'IsNotNull', null],
];

const notHolding: typeof holding = [
  [null, 'Equals', 0],
  [0, 'Equals', null],
  [false, 'Equals', null],
  ['Pier', 'Equals', 'Pie'],
  ['five', 'Equals', 5],
  ['five', 'LessThan', 5],
  [null, 'LessThan', 5],
  [null, 'GreaterThanOrEquals', null],
  [day('2026-06-15'), 'LessThan', 'tomorrow'],
  ['Pier', 'Contains', ''],
  [null, 'Contains', 'x'],
  ['Pier', 'StartsWith', null],
];

describe('a criterion', () => {
  const told = ([left, operator, right]: (typeof holding)[number]): string =>
    `${JSON.stringify(left)} ${operator} ${JSON.stringify(right)}`;
  for (const each of holding) it(`holds: ${told(each)}`, () => expect(compareValues(...each)).to.equal(true));
  for (const each of notHolding)
    it(`does not hold: ${told(each)}`, () => expect(compareValues(...each)).to.equal(false));
});
