import { expect } from 'chai';
import { FormulaError, FormulaParseError, parseFormula } from '../../../src/rules/index.js';
import { day, evaluated, moment } from './evaluated.js';

const known = new Set(['Points', 'Balance', 'TransactionJournal.Member.Id']);

/** What is wrong with an expression, before it is evaluated. */
function refused(text: string): FormulaParseError {
  try {
    parseFormula(text, known);
  } catch (error) {
    if (error instanceof FormulaParseError) return error;
    throw error;
  }
  throw new Error(`${text} is not refused`);
}

const parseCases: readonly (readonly [text: string, message: string, offset: number])[] = [
  ['', 'the formula is empty', 0],
  ['{!Point} + 1', 'Point is not known here (character 1); did you mean Points?', 0],
  ['1 + {!points}', 'points is not known here (character 5); did you mean Points?', 4],
  ['1 +\n  {!TransactionJournal.Member.ID}', 'is not known here (line 2, character 3); did you mean', 6],
  ['overwriteCurrentValue', 'overwriteCurrentValue is not known here', 0],
  ['FLOR(1.5)', 'FLOR is not a function of formulas (character 1); did you mean FLOOR?', 0],
  ['1 + HOUR(NOW())', 'HOUR is not supported: rules have no values of the type Time', 4],
  ['REGEX("a", "b")', 'REGEX is not supported', 0],
  ['PRIORVALUE({!Points})', 'PRIORVALUE is not supported', 0],
  ['IF(true, 1)', 'IF takes 3 arguments, not 2', 0],
  ['TODAY(1)', 'TODAY takes no arguments, not 1', 0],
  ['FIND("a")', 'FIND takes 2 to 3 arguments, not 1', 0],
  ['CASE(1, 2, 3)', 'CASE takes at least 4 arguments, not 3', 0],
  ['CASE(1, 2, 3, 4, 5)', 'CASE needs a value, pairs of a case and a result', 0],
  ['1 +', 'the end cannot stand here: a value is missing before it', 3],
  ['1 + * 2', '* cannot stand here: a value is missing before it', 4],
  ['1 2', '2 cannot follow here: an operator is missing before it', 2],
  ['(1 + 2', 'the bracket that is opened here is not closed', 0],
  ['LEN("a"', 'the bracket that is opened here is not closed', 3],
  ['1 + 2)', 'this ) has no ( before it', 5],
  ['IF(true 1, 2)', '1 cannot follow here: an operator, a comma or ) is missing before it', 8],
  ["'abc", "the text that begins with ' does not end", 0],
  ["'It's'", "the text that begins with ' does not end", 5],
  ['“abc”', '“ is not a quotation mark of formulas', 0],
  [String.raw`"a\d"`, String.raw`\d is not an escape of the platform`, 2],
  ['{!Points', 'what {! begins is not the name of a field', 0],
  ['{!Points + 1}', 'what {! begins is not the name of a field', 0],
  ['/* 1', 'the comment does not end', 0],
  ['100 % 3', '"%" has no meaning in a formula', 4],
  ['.5', 'a number has digits', 0],
  ['1e3', 'a number has digits', 0],
  ['IF(1,,2)', ', cannot stand here: a value is missing before it', 5],
];

const evaluateCases: readonly (readonly [text: string, message: string])[] = [
  ['VALUE("12a")', 'VALUE needs a text that is a number, not "12a" (character 1 of the formula VALUE("12a"))'],
  ['VALUE("1,000")', 'not "1,000"'],
  ['VALUE(" 5")', 'not " 5"'],
  [
    'DATEVALUE("2026-02-30")',
    'DATEVALUE needs a time, or a text that is a day such as 2026-04-02, not the text "2026-02-30"',
  ],
  ['DATEVALUE("02/03/2026")', 'not the text "02/03/2026"'],
  ['DATEVALUE("2026-04-02 10:00:00")', 'DATEVALUE needs'],
  ['DATETIMEVALUE("2026-04-02T10:00:00Z")', 'DATETIMEVALUE needs'],
  ['DATETIMEVALUE("2026-04-02 24:00:00")', 'DATETIMEVALUE needs'],
  ['DATE(2026, 2, 30)', 'DATE has no such day: 2026-2-30'],
  ['DATE(2026, 13, 1)', 'DATE has no such day: 2026-13-1'],
  ['DATE(10000, 1, 1)', 'DATE has no such day'],
  ['1 + 7 / {!None}', '/ divides 7 by 0 (character 7 of the formula 1 + 7 / {!None})'],
  ['MOD(7, 0)', 'MOD divides 7 by 0'],
  ['2 ^ 0.5', '^ needs an integer as exponent, not 0.5'],
  ['10 ^ 100', '^ makes 10^100, which is out of range'],
  ['SQRT(-1)', 'SQRT has no value for a negative number: -1'],
  ['LN(0)', 'LN needs a number greater than 0, not 0'],
  ['"a" + 1', '+ needs a text, not the number 1: TEXT(…) makes a text of it'],
  ['"a" & 1', '& needs a text, not the number 1'],
  ['"a" - 1', '- needs a number, not the text "a"'],
  ['"3" * 2', '* needs a number, not the text "3": VALUE(…) makes a number of a text'],
  ['1 = "1"', '= cannot compare the number 1 with the text "1"'],
  ['TODAY() = NOW()', '= cannot compare the date 2026-04-02 with the time 2026-04-02T10:15:30.000Z'],
  ['TODAY() - NOW()', '- cannot take the time 2026-04-02T10:15:30.000Z from the date 2026-04-02'],
  ['5 - TODAY()', '- cannot take the date 2026-04-02 from the number 5'],
  ['IF("yes", 1, 2)', 'IF needs true or false, not the text "yes"'],
  ['YEAR(NOW())', 'YEAR needs a date, not the time 2026-04-02T10:15:30.000Z: DATEVALUE(…) makes a date of it'],
  ['{!Row} + 1', '+ needs a number, not a record: name one of its fields'],
  ['{!Row} = 1', '= cannot compare'],
  ['TODAY() + 99999999', '+ cannot count 99999999 days from 2026-04-02'],
  ['RPAD("a", 999999999)', 'RPAD makes a text of 999999999 characters'],
];

describe('mistakes in formulas', () => {
  for (const [text, message, offset] of parseCases)
    it(`when read: ${JSON.stringify(text)}`, () => {
      const error = refused(text);
      expect(error.message).to.contain(message);
      expect(error.offset).to.equal(offset);
      expect(error.text).to.equal(text);
    });

  const values = { None: null, Row: { is: 'Record', fields: new Map() } as const };
  for (const [text, message] of evaluateCases)
    it(`when evaluated: ${text}`, () => {
      expect(() => evaluated(text, values)).to.throw(FormulaError, message);
    });

  it('does not evaluate what a condition excludes', () => {
    expect(evaluated('IF({!None} = 0, 0, 7 / {!None})', values)).to.equal(0);
  });

  it('refuses nesting that would exhaust the stack, and evaluates long chains', () => {
    expect(refused(`${'('.repeat(2000)}1${')'.repeat(2000)}`).message).to.contain('nested more than 200 levels');
    expect(refused(`${'-'.repeat(2000)}1`).message).to.contain('nested more than 200 levels');
    expect(refused('1+'.repeat(50_000) + '1').message).to.contain('100,001 characters');
    expect(evaluated('1+'.repeat(1900) + '1')).to.equal(1901);
  });

  it('names its references once each, in their order', () => {
    const text = '{!Points} + {!TransactionJournal.Member.Id} & Balance & {!Points}';
    const { references } = parseFormula(text, known);
    expect(references).to.deep.equal(['Points', 'TransactionJournal.Member.Id', 'Balance']);
  });

  it('compares dates with dates and moments with moments', () => {
    const given = { First: day('2026-04-02'), Second: day('2026-04-10'), Then: moment('2026-04-02T10:00:00Z') };
    expect(evaluated('{!First} < {!Second} && {!Then} < NOW()', given)).to.equal(true);
  });
});
