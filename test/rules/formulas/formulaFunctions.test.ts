import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { formulaFunctions, refusedFunctions } from '../../../src/rules/formulas/formulaFunctions.js';
import type { RuleValue } from '../../../src/rules/index.js';
import { evaluated, shown } from './evaluated.js';

/**
 * Salesforce Help, "Formula Operators and Functions by Context" (platform.customize_functions) and the page of each
 * function (platform.customize_functions_floor …); what these leave open: github.com/salesforce/formula-engine.
 */
const cases: Readonly<Record<string, readonly (readonly [string, RuleValue])[]>> = {
  ABS: [
    ['ABS(-5.5)', 5.5],
    ['ABS(5.5)', 5.5],
  ],
  ACOS: [['ACOS(1)', 0]],
  ADDMONTHS: [
    ['ADDMONTHS(DATE(2026, 1, 15), 1)', '2026-02-15'],
    ['ADDMONTHS(DATE(2026, 1, 30), 1)', '2026-02-28'],
    ['ADDMONTHS(DATE(2026, 2, 28), 1)', '2026-03-31'],
    ['ADDMONTHS(DATE(2028, 2, 28), 1)', '2028-03-28'],
    ['ADDMONTHS(DATE(2026, 3, 31), -1)', '2026-02-28'],
    ['ADDMONTHS(DATE(2026, 11, 5), 14)', '2028-01-05'],
  ],
  AND: [
    ['AND(true, 1 < 2)', true],
    ['AND(true, false, 1 / 0 > 1)', false],
  ],
  ASCII: [['ASCII("A")', 65]],
  ASIN: [['ASIN(0)', 0]],
  ATAN: [['ATAN(0)', 0]],
  ATAN2: [['ATAN2(0, 1)', 0]],
  BEGINS: [
    ['BEGINS("gold member", "gold")', true],
    ['BEGINS("gold member", "Gold")', false],
  ],
  BLANKVALUE: [
    ['BLANKVALUE(NULL, 3)', 3],
    ['BLANKVALUE("", "x")', 'x'],
    ['BLANKVALUE(0, 3)', 0],
  ],
  BR: [['"a" & BR() & "b"', 'a\nb']],
  CASE: [
    ['CASE(2, 1, "one", 2, "two", "many")', 'two'],
    ['CASE(9, 1, "one", 2, "two", "many")', 'many'],
    ['CASE("b", "a", 1, "b", 2, 1 / 0)', 2],
    ['CASE(NULL, 0, "zero", "other")', 'zero'],
    ['CASE(0, NULL, "none", "some")', 'some'],
  ],
  CASESAFEID: [
    ['CASESAFEID("001D000000IqhSL")', '001D000000IqhSLIAZ'],
    ['CASESAFEID("001D000000IqhSLIAZ")', '001D000000IqhSLIAZ'],
  ],
  CEILING: [
    ['CEILING(2.5)', 3],
    ['CEILING(-2.5)', -3],
    ['CEILING(4)', 4],
    ['CEILING(1 / 3 * 3)', 1],
  ],
  CHR: [['CHR(65)', 'A']],
  CONTAINS: [
    ['CONTAINS("a;b", "b")', true],
    ['CONTAINS("a;b", "B")', false],
    ['CONTAINS("a", "")', true],
  ],
  COS: [['COS(0)', 1]],
  DATE: [
    ['DATE(2005, 1, 2)', '2005-01-02'],
    ['DATE(2028, 2, 29)', '2028-02-29'],
  ],
  DATETIMEVALUE: [
    ['DATETIMEVALUE("2005-11-15 17:00:00")', '2005-11-15T17:00:00.000Z'],
    ['DATETIMEVALUE(DATE(2005, 11, 15))', '2005-11-15T00:00:00.000Z'],
  ],
  DATEVALUE: [
    ['DATEVALUE("2005-11-15")', '2005-11-15'],
    ['DATEVALUE(NOW())', '2026-04-02'],
  ],
  DAY: [['DAY(DATE(2026, 4, 30))', 30]],
  DAYOFYEAR: [
    ['DAYOFYEAR(DATE(2026, 1, 1))', 1],
    ['DAYOFYEAR(DATE(2028, 12, 31))', 366],
  ],
  EXP: [
    ['EXP(0)', 1],
    ['ROUND(EXP(3), 4)', 20.0855],
  ],
  FIND: [
    ['FIND("b", "abcb")', 2],
    ['FIND("b", "abcb", 3)', 4],
    ['FIND("z", "abcb")', 0],
    ['FIND("B", "abcb")', 0],
    ['FIND("a", "abcb", 0)', 1],
  ],
  FLOOR: [
    ['FLOOR(2.5)', 2],
    ['FLOOR(-2.5)', -2],
    ['FLOOR(-0.5)', 0],
    ['FLOOR(1 / 3 * 3)', 1],
  ],
  IF: [
    ['IF(1 < 2, "a", 1 / 0)', 'a'],
    ['IF(1 > 2, 1 / 0, "b")', 'b'],
  ],
  INCLUDES: [
    ['INCLUDES("red;blue", "blue")', true],
    ['INCLUDES("red;blue", "blu")', false],
  ],
  INITCAP: [['INITCAP("hello big WORLD")', 'Hello Big World']],
  ISBLANK: [
    ['ISBLANK("")', true],
    ['ISBLANK(NULL)', true],
    ['ISBLANK(0)', false],
    ['ISBLANK(" ")', false],
  ],
  ISNULL: [
    ['ISNULL(NULL)', true],
    ['ISNULL("")', false],
    ['ISNULL(0)', false],
  ],
  ISNUMBER: [
    ['ISNUMBER("12.5")', true],
    ['ISNUMBER("12a")', false],
    ['ISNUMBER("")', false],
  ],
  ISOWEEK: [
    ['ISOWEEK(DATE(2027, 1, 1))', 53],
    ['ISOWEEK(DATE(2026, 1, 1))', 1],
  ],
  ISOYEAR: [['ISOYEAR(DATE(2027, 1, 1))', 2026]],
  ISPICKVAL: [
    ['ISPICKVAL("Gold", "Gold")', true],
    ['ISPICKVAL("Gold", "Silver")', false],
  ],
  LEFT: [
    ['LEFT("abcdef", 3)', 'abc'],
    ['LEFT("ab", 5)', 'ab'],
    ['LEFT("ab", -1)', null],
  ],
  LEN: [
    ['LEN("abc ")', 4],
    ['LEN("")', 0],
  ],
  LN: [
    ['ROUND(LN(10), 5)', 2.30259],
    ['LN(1)', 0],
  ],
  LOG: [['LOG(1000)', 3]],
  LOWER: [['LOWER("MyCompany.COM")', 'mycompany.com']],
  LPAD: [
    ['LPAD("my_company.com", 14, "z")', 'my_company.com'],
    ['LPAD("mycompany.com", 15, "z")', 'zzmycompany.com'],
    ['LPAD("mycompany.com", 2)', 'my'],
    ['LPAD("7", 4, "0")', '0007'],
  ],
  MAX: [
    ['MAX(1, 3.5, 2)', 3.5],
    ['MAX(-1)', -1],
  ],
  MCEILING: [
    ['MCEILING(2.5)', 3],
    ['MCEILING(-2.5)', -2],
  ],
  MFLOOR: [
    ['MFLOOR(2.5)', 2],
    ['MFLOOR(-2.5)', -3],
  ],
  MID: [
    ['MID("abcdef", 3, 2)', 'cd'],
    ['MID("abcdef", 5, 9)', 'ef'],
    ['MID("abcdef", 0, 2)', 'ab'],
    ['MID("abc", 9, 2)', null],
  ],
  MIN: [['MIN(3, 1.5, 2)', 1.5]],
  MOD: [
    ['MOD(3, 3)', 0],
    ['MOD(4, 3)', 1],
    ['MOD(123, 100)', 23],
    ['MOD(-7, 3)', -1],
    ['MOD(5.5, 0.2)', 0.1],
  ],
  MONTH: [['MONTH(DATE(2026, 4, 30))', 4]],
  NOT: [
    ['NOT(false)', true],
    ['NOT(1 < 2)', false],
  ],
  NOW: [['NOW()', '2026-04-02T10:15:30.000Z']],
  NULLVALUE: [
    ['NULLVALUE(NULL, 3)', 3],
    ['NULLVALUE(5, 3)', 5],
    ['NULLVALUE("", "x")', null],
  ],
  OR: [
    ['OR(false, 1 < 2)', true],
    ['OR(true, 1 / 0 > 1)', true],
    ['OR(false, false)', false],
  ],
  PI: [['ROUND(PI(), 5)', 3.14159]],
  REVERSE: [['REVERSE("abc")', 'cba']],
  RIGHT: [
    ['RIGHT("abcdef", 2)', 'ef'],
    ['RIGHT("ab", 5)', 'ab'],
    ['RIGHT("ab", 0)', null],
    ['RIGHT("ab", -1)', null],
  ],
  ROUND: [
    ['ROUND(1.5, 0)', 2],
    ['ROUND(1.2345, 0)', 1],
    ['ROUND(-1.5, 0)', -2],
    ['ROUND(225.49823, 2)', 225.5],
    ['ROUND(1.005, 2)', 1.01],
    ['ROUND(1250, -2)', 1300],
  ],
  RPAD: [
    ['RPAD("my", 4, "z")', 'myzz'],
    ['RPAD("mycompany.com", 2)', 'my'],
    ['RPAD("my", 3) & "."', 'my .'],
  ],
  SIN: [['SIN(0)', 0]],
  SQRT: [
    ['SQRT(16)', 4],
    ['SQRT(0.09)', 0.3],
  ],
  SUBSTITUTE: [
    ['SUBSTITUTE("a.b.c", ".", "-")', 'a-b-c'],
    ['SUBSTITUTE("a.b.c", ".", "")', 'abc'],
    ['SUBSTITUTE("", "a", "b")', null],
    ['SUBSTITUTE("abc", "", "x")', 'abc'],
    ['SUBSTITUTE("abc", "b", "$&")', 'a$&c'],
  ],
  TAN: [['TAN(0)', 0]],
  TEXT: [
    ['TEXT(1234.50)', '1234.5'],
    ['TEXT(-0.0000001)', '-0.0000001'],
    ['TEXT(DATE(2026, 4, 2))', '2026-04-02'],
    ['TEXT(NOW())', '2026-04-02 10:15:30Z'],
    ['TEXT(VALUE("10.0"))', '10'],
  ],
  TODAY: [
    ['TODAY()', '2026-04-02'],
    ['TODAY() + 7', '2026-04-09'],
  ],
  TRIM: [['TRIM("  a b ")', 'a b']],
  TRUNC: [
    ['TRUNC(2.567, 2)', 2.56],
    ['TRUNC(-2.9)', -2],
  ],
  UPPER: [['UPPER("MyCompany.com")', 'MYCOMPANY.COM']],
  VALUE: [
    ['VALUE("10.0")', 10],
    ['VALUE("-3")', -3],
    ['VALUE("")', null],
  ],
  WEEKDAY: [
    ['WEEKDAY(DATE(2026, 4, 5))', 1],
    ['WEEKDAY(DATE(2026, 4, 4))', 7],
  ],
  YEAR: [['YEAR(DATE(2026, 4, 30))', 2026]],
};

describe('functions of formulas', () => {
  it('all have cases', () => {
    expect([...formulaFunctions.keys()].sort()).to.deep.equal(Object.keys(cases).sort());
  });

  it('docs/rules.md lists those that work, and no others', () => {
    const page = readFileSync('docs/rules.md', 'utf8');
    const [line = ''] = /\*\*Functions:\*\*.*/.exec(page) ?? [];
    const listed = [...line.matchAll(/`([A-Z0-9]+)`/g)].map(([, name]) => name);
    expect(listed).to.deep.equal([...formulaFunctions.keys()].sort());
    const [refused = ''] = /\*\*Refused by name\*\*.*/.exec(page) ?? [];
    const named = [...refused.matchAll(/`([A-Z0-9]+)`/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !refusedFunctions.has(name))).to.deep.equal([]);
  });

  for (const [name, table] of Object.entries(cases))
    for (const [text, result] of table)
      it(`${name}: ${text}`, () => {
        expect(shown(evaluated(text))).to.deep.equal(result);
      });
});
