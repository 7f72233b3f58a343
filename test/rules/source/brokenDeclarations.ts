import type { BrokenPrograms } from './brokenProgram.js';

/** Changes of the small program in its processes and parameters, and all that the error then says. */
export const brokenDeclarations: BrokenPrograms = {
  'an unknown element': {
    changes: [['<processName>Purchases</processName>', '<processName>Purchases</processName><colour>Red</colour>']],
    mistakes: [
      '7: <colour> is not an element of <programProcesses>; known are "description", "executionType", "journalSubType", "journalType", "loyaltyTierGroup", "parameters", "processName", "processType", "rules", "status"',
    ],
  },
  'a misspelled element': {
    changes: [['<ruleName>Spend</ruleName>', '<ruleName>Spend</ruleName><startdate>2026-01-01</startdate>']],
    mistakes: ['77: <startdate> is not an element of <rules>; did you mean "startDate"?'],
  },
  'an element that occurs twice': {
    changes: [
      [
        '<processName>Purchases</processName>',
        '<processName>Purchases</processName><processName>Purchases</processName>',
      ],
    ],
    mistakes: ['7: <processName> occurs twice in <programProcesses>'],
  },
  'a text between elements': {
    changes: [['<ruleName>Spend</ruleName>', '<ruleName>Spend</ruleName>Oops']],
    mistakes: ['29: <rules> has the text "Oops" between its elements'],
  },
  'elements in a value': {
    changes: [['<value>Kiosk</value>', '<value><b>1</b></value>']],
    mistakes: ['70: <b> is not an element of <value>'],
  },
  'no label': { changes: [['<label>Pier Club</label>', '']], mistakes: ['2: <LoyaltyProgramSetup> has no <label>'] },
  'an unknown type of process': {
    changes: [['<processType>TransactionJournal<', '<processType>TransactionJournals<']],
    mistakes: ['8: <processType> "TransactionJournals" is unknown; did you mean "TransactionJournal"?'],
  },
  'a journal process without a journal type': {
    changes: [['<journalType>Accrual</journalType>', '']],
    mistakes: ['4: <programProcesses> has no <journalType>'],
  },
  'an unknown status': {
    changes: [['<status>Active</status>', '<status>On</status>']],
    mistakes: ['9: <status> "On" is unknown; it must be Draft, Active or Inactive'],
  },
  'an unknown execution type': {
    changes: [['<executionType>RealTime<', '<executionType>Now<']],
    mistakes: ['5: <executionType> "Now" is unknown; it must be RealTime, Batch or BatchAndRealTime'],
  },
  'a process without a name': {
    changes: [['<processName>Purchases</processName>', '']],
    mistakes: ['4: <programProcesses> has no <processName>'],
  },
  'an unknown data type': {
    changes: [['<dataType>Numeric</dataType>', '<dataType>Number</dataType>']],
    mistakes: ['11: <dataType> "Number" is unknown; it must be Boolean, Date, DateTime, Numeric, Sobject or Text'],
  },
  'a collection': {
    changes: [['<isCollection>false<', '<isCollection>true<']],
    mistakes: ['13: <isCollection> true is not supported: a parameter holds one value'],
  },
  'a flag that is neither true nor false': {
    changes: [['<isCollection>false<', '<isCollection>no<']],
    mistakes: ['13: <isCollection> must be true or false, not "no"'],
  },
  'a filter of records': {
    changes: [['<isCollection>false</isCollection>', '<condition>x</condition>']],
    mistakes: ['13: <condition> is not supported: parameters get their records from decision tables'],
  },
  'decimal places that are no number': {
    changes: [['<decimalPlaces>0<', '<decimalPlaces>two<']],
    mistakes: ['12: <decimalPlaces> must be a whole number from 0, not "two"'],
  },
  'a variable with a value': {
    changes: [['<parameterType>Variable</parameterType>', '<parameterType>Variable</parameterType><value>1</value>']],
    mistakes: ['15: the variable "Points" has a <value>: variables begin blank, and rules give them values'],
  },
  'a constant of another type': {
    changes: [['<value>200</value>', '<value>many</value>']],
    mistakes: ['21: the constant "Target" of the type Numeric cannot be "many"'],
  },
  'a constant without a value': {
    changes: [['<value>200</value>', '']],
    mistakes: ['17: <parameters> has no <value>'],
  },
  'two parameters of one name': {
    changes: [['<parameterName>Target<', '<parameterName>Points<']],
    mistakes: [
      '19: the parameter "Points" is already in line 14',
      '25: "Target" refers to no parameter of this process; known are "Missing", "Points", "TransactionJournal"',
      '53: "Target" refers to no parameter of this process; known are "Missing", "Points", "TransactionJournal"',
      '63: "Target" refers to no parameter of this process; known are "Missing", "Points", "TransactionJournal"',
    ],
  },
  'a name that expressions cannot have': {
    changes: [['<parameterName>Target<', '<parameterName>Tar get<']],
    mistakes: [
      '19: "Tar get" cannot be used in expressions: a name has letters, digits and _',
      '25: "Target" refers to no parameter of this process; did you mean "Tar get"?',
      '53: "Target" refers to no parameter of this process; did you mean "Tar get"?',
      '63: "Target" refers to no parameter of this process; did you mean "Tar get"?',
    ],
  },
  'an Sobject without an object': {
    changes: [['<dataType>Numeric</dataType>', '<dataType>Sobject</dataType>']],
    mistakes: ['10: <parameters> has no <objectName>'],
  },
  'a formula that ends too early': {
    changes: [['{!Target} - {!Points}', '{!Target} - ']],
    mistakes: [
      '27: the expression {!Target} - cannot be read: the end cannot stand here: a value is missing before it (character 12)',
    ],
  },
  'an unknown function': {
    changes: [['{!Target} - {!Points}', 'SQUARE({!Target})']],
    mistakes: [
      '27: the expression SQUARE({!Target}) cannot be read: SQUARE is not a function of formulas (character 1)',
    ],
  },
  'a formula that needs itself': {
    changes: [['{!Target} - {!Points}', '{!Missing} + 1']],
    mistakes: ['25: the formula "Missing" needs its own value: "Missing" → "Missing"'],
  },
  'references to nothing, and in another case': {
    changes: [['{!Target} - {!Points}', '{!Targets} + {!points}']],
    mistakes: [
      '25: "Targets" refers to no parameter of this process; did you mean "Target"?',
      '25: "points" refers to no parameter of this process; did you mean "Points"?',
    ],
  },
  'a field of a number': {
    changes: [['{!Target} - {!Points}', '{!Target.Field__c}']],
    mistakes: [
      '25: "Target.Field__c" refers to a field, but the parameter "Target" is of the type Numeric, not Sobject',
    ],
  },
};
