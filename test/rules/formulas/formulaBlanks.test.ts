import { expect } from 'chai';
import { parseFormula } from '../../../src/rules/index.js';
import type { DataType, RuleValue } from '../../../src/rules/index.js';
import { clock, evaluated, shown } from './evaluated.js';

const none = { None: null };

/** With None, a value that nothing has set. */
const cases: readonly (readonly [string, RuleValue])[] = [
  ['{!None} + 5', 5],
  ['{!None} - 5', -5],
  ['5 - {!None}', 5],
  ['{!None} + {!None}', 0],
  ['{!None} * 5', 0],
  ['{!None} / 5', 0],
  ['{!None} ^ 2', 0],
  ['-{!None}', 0],
  ['{!None} + "a"', 'a'],
  ['"a" + {!None}', 'a'],
  ['"a" & {!None}', 'a'],
  ['{!None} & {!None}', null],
  ['{!None} + DATE(2026, 1, 1)', '2026-01-01'],
  ['{!None} - DATE(2026, 1, 1)', null],
  ['{!None} = NULL', true],
  ['{!None} <> NULL', false],
  ['NULL = {!None}', true],
  ['0 = NULL', false],
  ['NULL = 0', false],
  ['"" = NULL', true],
  ["{!None} = ''", true],
  ["{!None} <> 'a'", true],
  ['{!None} = 0', true],
  ['{!None} = 1', false],
  ['{!None} = false', true],
  ['{!None} = {!None}', true],
  ['{!None} = DATE(2026, 1, 1)', false],
  ['{!None} < 1', true],
  ['{!None} > -1', true],
  ['{!None} <= 0', true],
  ['{!None} < "a"', true],
  ['{!None} < DATE(2026, 1, 1)', false],
  ['{!None} >= DATE(2026, 1, 1)', false],
  ['{!None} && true', false],
  ['{!None} || true', true],
  ['!{!None}', true],
  ['ABS({!None})', 0],
  ['CEILING({!None})', 0],
  ['FLOOR({!None})', 0],
  ['DATEVALUE({!None})', null],
  ['FIND("a", {!None})', 0],
  ['FIND({!None}, "a")', 0],
  ['IF({!None}, "yes", "no")', 'no'],
  ['IF({!None} = NULL, {!None}, 1)', null],
  ['LEN({!None})', 0],
  ['MID({!None}, 1, 2)', null],
  ['MID("abc", {!None}, 2)', 'ab'],
  ['MID("abc", 1, {!None})', null],
  ['RIGHT({!None}, 2)', null],
  ['SUBSTITUTE({!None}, "a", "b")', null],
  ['SUBSTITUTE("abc", {!None}, "b")', 'abc'],
  ['SUBSTITUTE("abc", "b", {!None})', 'ac'],
  ['TEXT({!None})', null],
  ['VALUE({!None})', null],
  ['VALUE({!None}) + 1', 1],
  ['MAX({!None}, -1)', 0],
  ['YEAR({!None})', null],
  ['ADDMONTHS({!None}, 1)', null],
  ['CONTAINS({!None}, "a")', false],
  ['ISBLANK({!None})', true],
  ['BLANKVALUE({!None}, 7)', 7],
  ["''", null],
  ['NULL', null],
  ['{!None}', null],
];

describe('blanks in formulas', () => {
  for (const [text, result] of cases)
    it(text, () => {
      expect(shown(evaluated(text, none))).to.deep.equal(result);
    });

  it('two blank texts joined are a blank, not 0, if one of them is known to be a text', () => {
    const typed = (type: DataType | undefined): RuleValue =>
      parseFormula('{!First} + {!Second}', {
        has: () => true,
        values: () => [],
        typeOf: (name) => (name === 'First' ? type : undefined),
      }).evaluate(() => null, clock);
    expect(typed('Text')).to.equal(null);
    expect(typed('Numeric')).to.equal(0);
  });

  it('a text variable is never null, as on the platform: ISBLANK asks for its value', () => {
    const known = { has: () => true, values: () => [], typeOf: () => 'Text' as const };
    const value = (text: string): RuleValue => parseFormula(text, known).evaluate(() => null, clock);
    expect(value('ISNULL({!Name})')).to.equal(false);
    expect(value('NULLVALUE({!Name}, "x")')).to.equal(null);
    expect(value('ISBLANK({!Name})')).to.equal(true);
  });
});
