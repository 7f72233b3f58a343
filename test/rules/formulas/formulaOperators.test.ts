import { expect } from 'chai';
import type { RuleValue } from '../../../src/rules/index.js';
import { evaluated, shown } from './evaluated.js';

/**
 * Salesforce Help, "Formula Operators and Functions by Context" (platform.customize_functions); how tightly operators
 * bind: the grammar in github.com/salesforce/formula-engine.
 */
const cases: Readonly<Record<string, readonly (readonly [string, RuleValue])[]>> = {
  '+': [
    ['1 + 2', 3],
    ['0.1 + 0.2', 0.3],
    ['1234567890123456 + 1', 1234567890123457],
    ['"a" + "b"', 'ab'],
    ['DATE(2026, 2, 28) + 1', '2026-03-01'],
    ['1 + DATE(2026, 2, 28)', '2026-03-01'],
    ['DATETIMEVALUE("2026-04-02 17:00:00") + 0.5', '2026-04-03T05:00:00.000Z'],
    ['+5', 5],
  ],
  '-': [
    ['5 - 7', -2],
    ['10 - 3 - 2', 5],
    ['0.3 - 0.1', 0.2],
    ['DATE(2026, 3, 1) - DATE(2026, 2, 1)', 28],
    ['DATE(2026, 3, 1) - 1', '2026-02-28'],
    ['DATETIMEVALUE("2026-04-02 18:00:00") - DATETIMEVALUE("2026-04-02 06:00:00")', 0.5],
    ['2 - -3', 5],
    ['2--3', 5],
    ['-(2 + 3)', -5],
    ['-LEN("abc")', -3],
  ],
  '*': [
    ['3 * 4', 12],
    ['1.1 * 3', 3.3],
    ['5 *(-1)', -5],
    ['19.99 * 100', 1999],
    ['0 * (-1)', 0],
  ],
  '/': [
    ['7 / 2', 3.5],
    ['8 / 2 / 2', 2],
    ['0.3 / 0.1', 3],
    ['1 / 3 * 6', 2],
  ],
  '^': [
    ['2 ^ 10', 1024],
    ['2 ^ -1', 0.5],
    ['1.1 ^ 2', 1.21],
    ['-2 ^ 2', 4],
    // Unlike in arithmetic.
    ['2 * 3 ^ 2', 36],
    ['2 ^ 3 ^ 2', 64],
  ],
  '()': [
    ['(1 + 2) * 3', 9],
    ['1 + 2 * 3', 7],
    ['((7))', 7],
  ],
  '=': [
    ['1 = 1', true],
    ['1 == 2', false],
    ['"a" = "a"', true],
    ['"a" = "A"', false],
    ['DATE(2026, 1, 1) = DATE(2026, 1, 1)', true],
    ['true = True', true],
  ],
  '<>': [
    ['1 <> 2', true],
    ['"a" != "a"', false],
  ],
  '<': [
    ['1 < 2', true],
    ['2 < 2', false],
    ['"a" < "b"', true],
    ['DATE(2025, 12, 31) < DATE(2026, 1, 1)', true],
    ['1 < 2 = true', true],
  ],
  '<=': [
    ['2 <= 2', true],
    ['3 <= 2', false],
  ],
  '>': [
    ['2 > 1', true],
    ['DATETIMEVALUE("2026-01-01 00:00:01") > DATETIMEVALUE("2026-01-01 00:00:00")', true],
  ],
  '>=': [
    ['2 >= 2', true],
    ['1 >= 2', false],
  ],
  '&&': [
    ['true && true', true],
    ['true && false', false],
    ['false && 1 / 0 > 1', false],
  ],
  '||': [
    ['false || true', true],
    ['true || false && false', true],
    ['true || 1 / 0 > 1', true],
  ],
  '!': [
    ['!true', false],
    ['NOT false', true],
    ['!(1 > 2)', true],
  ],
  '&': [
    ['"a" & "b" & "c"', 'abc'],
    ['"a" & "b" = "ab"', true],
  ],
  texts: [
    ['"it\'s"', "it's"],
    ['\'say "x"\'', 'say "x"'],
    [String.raw`"a\"b"`, 'a"b'],
    [String.raw`'a\'b'`, "a'b"],
    [String.raw`"a\nb\\c"`, 'a\nb\\c'],
    ['"a\nb"', 'a\nb'],
    ["'{!NoField}'", '{!NoField}'],
    ['"héllo 日本"', 'héllo 日本'],
  ],
  'blanks and comments': [
    ['1\r\n +\t2 ', 3],
    ['/* one */ 1 + /* two\n lines */ 2', 3],
    ['LEN ( "abc" )', 3],
    ['len("abc")', 3],
  ],
};

describe('operators of formulas', () => {
  for (const [operator, table] of Object.entries(cases))
    for (const [text, result] of table)
      it(`${operator}: ${text}`, () => {
        expect(shown(evaluated(text))).to.deep.equal(result);
      });
});
