import { expect } from 'chai';
import type { RuleValue } from '../../../src/rules/index.js';
import { clock, evaluated, moment, shown } from './evaluated.js';

/** The forms of expressions that rules of real programs have, with other names. */
const values: Readonly<Record<string, RuleValue>> = {
  Balance: 537,
  Target: 200,
  FaceValue: 10,
  Base: 20.5,
  'Outcome.Factor__c': 1.5,
  Unset: null,
  Earned: 21,
  Used: 6,
  Amount: -8.3,
  IsWhole: false,
  Given: 3,
  'TransactionJournal.TransactionAmount': 8.3,
  'TransactionJournal.ActivityDate': moment('2026-04-02T22:30:00Z'),
  'TransactionJournal.Member.Id': '0lM000000000001',
  'TransactionJournal.Receipt__c': 'R7',
  'TransactionJournal.Line__c': 'L2',
  'TransactionJournal.Former__c': null,
  Store: 'web',
  History: 'R1L1web=5.5@R7L2web=12.25@R9L1=7@',
  Key: 'R7L2web=',
  Absent: 'R8L1web=',
};

const lookUp = (key: string): string => `VALUE(
                                  MID(
                                    {!History} , 
                                    FIND({!${key}}  , {!History} ) + LEN({!${key}} ), 
                                    FIND('@' , RIGHT({!History} ,
                                               LEN({!History})  - (FIND({!${key}},{!History} )
                                                +LEN({!${key}}))  ))
                                    )
                                  )`;

const cases: readonly (readonly [string, RuleValue])[] = [
  ['{!Balance}', 537],
  ['50', 50],
  ['"Reward"', 'Reward'],
  ['"\'Note on the total\'"', "'Note on the total'"],
  [
    "'TransactionJournal.Member.Id = ' & {!TransactionJournal.Member.Id}",
    'TransactionJournal.Member.Id = 0lM000000000001',
  ],
  ["'Store :  ' + {!Store}", 'Store :  web'],
  ["'Given = ' & TEXT({!Given} )", 'Given = 3'],
  ["'Former__c} = ' & {!TransactionJournal.Former__c}", 'Former__c} = '],
  ["'Note :  ' + TEXT({!Base} )", 'Note :  20.5'],
  ["'IsWhole = ' & IF( {!IsWhole} , 'True', 'False')", 'IsWhole = False'],
  ["'Store = ' & {!Store} &\n                'Base = ' &  TEXT({!Base} )", 'Store = webBase = 20.5'],
  ["TEXT({!Base} ) & ' ; ' &\n  TEXT({!Given} )", '20.5 ; 3'],
  ['ABS(CEILING({!TransactionJournal.TransactionAmount} ))', 9],
  ['ABS({!Amount} )', 8.3],
  ['CEILING({!Amount} )', -9],
  ['FLOOR({!Amount} )', -8],
  ['CEILING({!Outcome.Factor__c} *{!Base})', 31],
  ['DATEVALUE({!TransactionJournal.ActivityDate} )', '2026-04-03'],
  ['FLOOR({!Balance}   / {!Target} )', 2],
  ['FLOOR({!Balance}   / {!Target} )*{!FaceValue}', 20],
  ['FLOOR({!Balance}   / {!Target} )*{!Target}', 400],
  ['{!Earned} * {!FaceValue}', 210],
  ['{!Unset} +  {!Earned} - {!Used}', 15],
  ['{!Unset} +  {!Earned} - {!Unset}', 21],
  ['{!Balance} - {!Unset}', 537],
  ['{!Amount} *(-1)', 8.3],
  ['NULL', null],
  ["''", null],
  ['TODAY()', '2026-04-02'],
  ['VALUE("10.0")', 10],
  ['TEXT( {!Balance}  )', '537'],
  ["{!TransactionJournal.Receipt__c} & '@'", 'R7@'],
  ["{!TransactionJournal.Receipt__c} &{!TransactionJournal.Line__c} &{!Store}  & '@'", 'R7L2web@'],
  ["{!TransactionJournal.Receipt__c} &\n {!TransactionJournal.Former__c} &{!Store} & '@'", 'R7web@'],
  [lookUp('Key'), 12.25],
  [
    "'Starts at =' &\n TEXT(FIND({!Key}  , {!History} ) + LEN({!Key}  )) & ' ; ' &\n 'Ends at =' &\n TEXT(   FIND('@' , RIGHT({!History}   ,\n LEN({!History} )  - (FIND({!Key} ,{!History}   )\n +LEN({!Key}  ))  ))\n )",
    'Starts at =21 ; Ends at =5',
  ],
  ['SUBSTITUTE({!History}, "@", "")', 'R1L1web=5.5R7L2web=12.25R9L1=7'],
];

describe('expressions of real programs', () => {
  for (const [text, result] of cases)
    it(text.replaceAll(/\s+/g, ' '), () => {
      expect(shown(evaluated(text, values, { ...clock, timeZone: 'Europe/Berlin' }))).to.equal(result);
    });

  it('a number looked up in texts that are blank is a blank', () => {
    expect(evaluated(lookUp('Key'), { ...values, History: null, Key: null })).to.equal(null);
  });
});
