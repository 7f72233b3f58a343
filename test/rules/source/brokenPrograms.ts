import type { Change } from './smallProgram.js';

interface BrokenProgram {
  readonly changes: readonly Change[];
  /** Each with its line. */
  readonly mistakes: readonly string[];
}

/** Changes of the small program, and all that the error then says. */
export const brokenPrograms: Readonly<Record<string, BrokenProgram>> = {
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
  'an unknown type of action': {
    changes: [['<actionType>DebitPoints</actionType>', '<actionType>DeditPoints</actionType>']],
    mistakes: ['55: <actionType> "DeditPoints" is unknown; did you mean "DebitPoints"?'],
  },
  'a type of action that is not supported': {
    changes: [['<actionType>DebitPoints</actionType>', '<actionType>IssueExtendedReward</actionType>']],
    mistakes: ['55: the action "Take the points" has the type IssueExtendedReward, which is not supported'],
  },
  'an action without a type': {
    changes: [['<actionType>DebitPoints</actionType>', '']],
    mistakes: ['45: <actions> has no <actionType>'],
  },
  'an element of another type of action': {
    changes: [
      [
        '<actionType>DebitPoints</actionType>',
        '<actionType>DebitPoints</actionType><flowDefinition>Flow</flowDefinition>',
      ],
    ],
    mistakes: ['55: an action of the type DebitPoints has no <flowDefinition>'],
  },
  'an unknown parameter of an action': {
    changes: [['<parameterName>PointsToDebit</parameterName>', '<parameterName>PointToDebit</parameterName>']],
    mistakes: [
      '46: DebitPoints needs the parameter PointsToDebit',
      '52: DebitPoints has no parameter PointToDebit; did you mean "PointsToDebit"?',
    ],
  },
  'a parameter of an action twice': {
    changes: [['<parameterName>PointsToDebit</parameterName>', '<parameterName>ProgramCurrencyName</parameterName>']],
    mistakes: [
      '46: DebitPoints needs the parameter PointsToDebit',
      '52: the parameter ProgramCurrencyName occurs twice in an action',
    ],
  },
  'an unknown operator of an action parameter': {
    changes: [['<operator>Equals</operator>', '<operator>Is</operator>']],
    mistakes: ['33: <operator> "Is" is unknown; it must be Equals'],
  },
  'an input without braces': {
    changes: [['<value>{!Target}</value>', '<value>Target</value>']],
    mistakes: ['53: "Target" stands where a value is needed: write {!Target}'],
  },
  'a bare word as an input': {
    changes: [['<value>{!Target}</value>', '<value>Targets</value>']],
    mistakes: ['53: "Targets" is not an expression; did you mean {!Target}?'],
  },
  'an input without a value': {
    changes: [['<value>{!Target}</value>', '<value></value>']],
    mistakes: ['53: <actionParameters> has no <value>'],
  },
  'an input that refers to nothing': {
    changes: [['<value>{!Target}</value>', '<value>{!Targt}</value>']],
    mistakes: ['53: "Targt" refers to no parameter of this process; did you mean "Target"?'],
  },
  'an unknown type of value of an input': {
    changes: [['<valueType>Literal</valueType>', '<valueType>Formula</valueType>']],
    mistakes: ['36: <valueType> "Formula" is unknown; it must be Literal or Parameter'],
  },
  'an output to a constant': {
    changes: [['<value>Points</value>', '<value>Target</value>']],
    mistakes: ['41: "Target" is a constant: only variables can be given a value'],
  },
  'an output with braces': {
    changes: [['<value>Points</value>', '<value>{!Points}</value>']],
    mistakes: ['41: the output PointsBalance is written without {! and }: "{!Points}"'],
  },
  'an output to nothing': {
    changes: [['<value>Points</value>', '<value>Point</value>']],
    mistakes: ['41: "Point" is not a parameter of this process; did you mean "Points"?'],
  },
  'a flow action without a flow': {
    changes: [['<actionType>DebitPoints</actionType>', '<actionType>RunFlow</actionType>']],
    mistakes: ['45: <actions> has no <flowDefinition>'],
  },
  'an unknown action on records': {
    changes: [
      [
        '<actionType>DebitPoints</actionType>',
        '<actionType>Crud</actionType><crudActionType>delete</crudActionType><entityApiName>Contact</entityApiName>',
      ],
    ],
    mistakes: ['55: <crudActionType> "delete" is unknown; it must be create or update'],
  },
  'an action on records that says two objects': {
    changes: [
      [
        '<actionType>DebitPoints</actionType>',
        '<actionType>Crud</actionType><crudActionType>create</crudActionType><entityApiName>Contact</entityApiName>',
      ],
      ['<parameterName>PointsToDebit</parameterName>', '<parameterName>_entity</parameterName>'],
      ['<value>{!Target}</value>', '<value>Account</value>'],
    ],
    mistakes: ['53: the parameter _entity is "Account", but <entityApiName> is "Contact"'],
  },
  'a new record with an Id': {
    changes: [
      [
        '<actionType>DebitPoints</actionType>',
        '<actionType>Crud</actionType><crudActionType>create</crudActionType><entityApiName>Contact</entityApiName>',
      ],
      ['<parameterName>PointsToDebit</parameterName>', '<parameterName>Id</parameterName>'],
    ],
    mistakes: ['46: the action creates a record, so it cannot have a parameter Id'],
  },
  'an unknown keyword': {
    changes: [
      ['<actionType>DebitPoints</actionType>', '<actionType>UpdateCurrentValueForMemberAttribute</actionType>'],
      [
        `<parameterName>ProgramCurrencyName</parameterName>\n                    <value>"Shells"`,
        `<parameterName>UpdateType</parameterName>\n                    <value>Add`,
      ],
      ['<parameterName>PointsToDebit</parameterName>', '<parameterName>Value</parameterName>'],
    ],
    mistakes: [
      '46: UpdateCurrentValueForMemberAttribute needs the parameter EngagementAttributeName',
      '49: UpdateType must be OverwriteCurrentValue or IncreaseCurrentValue, not "Add"',
    ],
  },
  'assignments without an order': {
    changes: [
      ['<actionType>DebitPoints</actionType>', '<actionType>AssignParameterValues</actionType>'],
      [
        `<parameterName>ProgramCurrencyName</parameterName>\n                    <value>"Shells"`,
        `<parameterName>Points</parameterName>\n                    <value>1`,
      ],
      ['<parameterName>PointsToDebit</parameterName>', '<parameterName>Target</parameterName>'],
    ],
    mistakes: [
      '46: the assignments need different sequence numbers: their order is not clear',
      '52: "Target" is a constant: only variables can be given a value',
    ],
  },
  'logic with a number that no criterion has': {
    changes: [['<conditionCriteria>1 AND 2</conditionCriteria>', '<conditionCriteria>1 AND 3</conditionCriteria>']],
    mistakes: [
      '58: the logic "1 AND 3" names criterion 3, which does not exist',
      '58: the logic "1 AND 3" leaves out criterion 2 in line 69',
    ],
  },
  'AND beside OR': {
    changes: [
      ['<conditionCriteria>1 AND 2</conditionCriteria>', '<conditionCriteria>1 AND 2 OR 1</conditionCriteria>'],
    ],
    mistakes: ['58: the logic "1 AND 2 OR 1" cannot be read: AND and OR beside each other need parentheses'],
  },
  'NOT in logic': {
    changes: [['<conditionCriteria>1 AND 2</conditionCriteria>', '<conditionCriteria>1 AND NOT 2</conditionCriteria>']],
    mistakes: ['58: the logic "1 AND NOT 2" cannot be read: "NOT" stands where a number is expected'],
  },
  'an open parenthesis': {
    changes: [['<conditionCriteria>1 AND 2</conditionCriteria>', '<conditionCriteria>1 AND (2</conditionCriteria>']],
    mistakes: ['58: the logic "1 AND (2" cannot be read: a parenthesis is not closed'],
  },
  'a parenthesis too many': {
    changes: [['<conditionCriteria>1 AND 2</conditionCriteria>', '<conditionCriteria>1 AND 2)</conditionCriteria>']],
    mistakes: ['58: the logic "1 AND 2)" cannot be read: ")" is not expected there'],
  },
  'a condition without logic': {
    changes: [['<conditionCriteria>1 AND 2</conditionCriteria>', '']],
    mistakes: ['57: <conditions> has no <conditionCriteria>'],
  },
  'two criteria of one number': {
    changes: [
      [
        `<sequence>2</sequence>\n                    <sourceFieldName>`,
        `<sequence>1</sequence>\n                    <sourceFieldName>`,
      ],
    ],
    mistakes: [
      '57: two criteria have the same <sequence>',
      '58: the logic "1 AND 2" names criterion 2, which does not exist',
    ],
  },
  'an unknown operator': {
    changes: [['<operator>GreaterThanOrEquals<', '<operator>GreaterOrEqual<']],
    mistakes: [
      '60: <operator> "GreaterOrEqual" is unknown; known are "Contains", "DoesNotContain", "EndsWith", "Equals", "GreaterThan", "GreaterThanOrEquals", "IsNotNull", "IsNull", "LessThan", "LessThanOrEquals", "NotEquals", "StartsWith"',
    ],
  },
  'a field with braces': {
    changes: [['<sourceFieldName>Points<', '<sourceFieldName>{!Points}<']],
    mistakes: ['62: <sourceFieldName> is written without {! and }: "{!Points}"'],
  },
  'a field that does not exist': {
    changes: [['<sourceFieldName>Points<', '<sourceFieldName>Pionts<']],
    mistakes: ['62: "Pionts" refers to no parameter of this process; did you mean "Points"?'],
  },
  'a journal in another case': {
    changes: [['<sourceFieldName>TransactionJournal.Brand<', '<sourceFieldName>Transactionjournal.Brand<']],
    mistakes: [
      '69: "Transactionjournal.Brand" refers to no parameter of this process; did you mean "TransactionJournal"?',
    ],
  },
  'a comparison with nothing': {
    changes: [['<value>Target</value>', '<value>Tarjet</value>']],
    mistakes: ['63: "Tarjet" refers to no parameter of this process; did you mean "Target"?'],
  },
  'a number compared with a text': {
    changes: [
      [
        `<value>Target</value>\n                    <valueType>Parameter`,
        `<value>many</value>\n                    <valueType>Literal`,
      ],
    ],
    mistakes: ['63: "Points" is of the type Numeric, and cannot be compared with "many"'],
  },
  'IsNotNull with a value': {
    changes: [['<operator>NotEquals<', '<operator>IsNotNull<']],
    mistakes: ['70: IsNotNull compares with nothing, but has the value "Kiosk"'],
  },
  'a criterion without a value': {
    changes: [['<value>Kiosk</value>', '']],
    mistakes: ['66: <conditionFilterCriteria> has no <value>'],
  },
  'a criterion without a type of value': {
    changes: [[`<value>Target</value>\n                    <valueType>Parameter</valueType>`, '<value>Target</value>']],
    mistakes: ['59: <conditionFilterCriteria> has no <valueType>'],
  },
  'a group with criteria and an action': {
    changes: [['<conditionType>Condition<', '<conditionType>ConditionGroup<']],
    mistakes: [
      '46: "Take the points" stands in the group "Has enough", which can only have conditions',
      '58: a ConditionGroup has no <conditionCriteria>: its conditions have them',
      '59: a ConditionGroup has no <conditionFilterCriteria>: its conditions have them',
    ],
  },
  'an unknown type of condition': {
    changes: [['<conditionType>Condition<', '<conditionType>Else<']],
    mistakes: ['74: <conditionType> "Else" is unknown; it must be Condition or ConditionGroup'],
  },
  'an eligibility rule with actions': {
    changes: [['<isProcessEligibilityRule>false<', '<isProcessEligibilityRule>true<']],
    mistakes: ['30: the eligibility rule "Spend" has an action: it can only have conditions'],
  },
  'a day that does not exist': {
    changes: [['<startDate>2026-01-01<', '<startDate>2026-02-30<']],
    mistakes: ['78: <startDate> must be a day as yyyy-MM-dd, not "2026-02-30"'],
  },
  'a previous rule that does not exist': {
    changes: [['<previousRule>Spend<', '<previousRule>Spent<']],
    mistakes: ['95: <previousRule> names no rule of this process: "Spent"; did you mean "Spend"?'],
  },
  'two rules that are first': {
    changes: [['<previousRule>Spend</previousRule>', '']],
    mistakes: ['96: the rules "Spend" and "Thank" both have no previous rule: only the first one has none'],
  },
  'rules in a circle': {
    changes: [['<ruleName>Spend</ruleName>', '<previousRule>Thank</previousRule><ruleName>Spend</ruleName>']],
    mistakes: ['77: the rule "Spend" follows itself, by way of its previous rules'],
  },
  'two rules after the same one': {
    changes: [
      [
        '<ruleName>Thank</ruleName>',
        '<ruleName>Thank</ruleName></rules><rules><ruleName>Greet</ruleName><previousRule>Spend</previousRule>',
      ],
    ],
    mistakes: ['96: the rules "Thank" and "Greet" both follow "Spend"'],
  },
  'two rules of one name': {
    changes: [['<ruleName>Thank</ruleName>', '<ruleName>Spend</ruleName>']],
    mistakes: ['96: the rule "Spend" is already in line 77'],
  },
  'two steps of one name': {
    changes: [['<conditionName>Has enough<', '<conditionName>Get the balance<']],
    mistakes: [
      '31: the step "Get the balance" is already in line 73: steps of a rule need different names',
      '85: <associatedStep> names no step of this rule: "Has enough"; known are "Get the balance", "Take the points"',
      '89: <parentStep> names no step of this rule: "Has enough"; known is "Get the balance"',
    ],
  },
  'a mapping of no step': {
    changes: [['<associatedStep>Take the points</associatedStep>', '<associatedStep>Take points</associatedStep>']],
    mistakes: [
      '89: <associatedStep> names no step of this rule: "Take points"; known are "Has enough", "Get the balance", "Take the points"',
    ],
  },
  'a step that is mapped twice': {
    changes: [['<associatedStep>Take the points</associatedStep>', '<associatedStep>Get the balance</associatedStep>']],
    mistakes: ['89: the step "Get the balance" is already mapped in line 81'],
  },
  'a step below an action': {
    changes: [['<parentStep>Has enough<', '<parentStep>Get the balance<']],
    mistakes: [
      '89: the step "Take the points" is below the action "Get the balance": only conditions have steps below them',
    ],
  },
  'a step below nothing': {
    changes: [['<parentStep>Has enough<', '<parentStep>Has enouh<']],
    mistakes: ['89: <parentStep> names no step of this rule: "Has enouh"; did you mean "Has enough"?'],
  },
  'a step below itself': {
    changes: [
      [
        '<associatedStep>Has enough</associatedStep>',
        '<associatedStep>Has enough</associatedStep><parentStep>Has enough</parentStep>',
      ],
    ],
    mistakes: ['85: the step "Has enough" is below itself'],
  },
  'a step below one that is not mapped': {
    changes: [['<associatedStep>Has enough</associatedStep>', '<associatedStep>Get the balance</associatedStep>']],
    mistakes: [
      '85: the step "Get the balance" is already mapped in line 81',
      '89: the step "Take the points" is below "Has enough", which is in no step mapping itself',
    ],
  },
  'two steps of one sequence': {
    changes: [
      [`<sequence>2</sequence>\n            </stepMappings>`, `<sequence>1</sequence>\n            </stepMappings>`],
    ],
    mistakes: ['85: the steps "Get the balance" and "Has enough" both have the sequence 1'],
  },
  'a sequence of 0': {
    changes: [
      [`<sequence>2</sequence>\n            </stepMappings>`, `<sequence>0</sequence>\n            </stepMappings>`],
    ],
    mistakes: ['86: <sequence> must be a whole number from 1, not "0"'],
  },
  'two processes of one name': {
    changes: [
      [
        `    </programProcesses>\n`,
        `    </programProcesses>\n<programProcesses><processName>Purchases</processName><processType>IssueVoucher</processType></programProcesses>\n`,
      ],
    ],
    mistakes: ['100: the process "Purchases" is already in line 7'],
  },
  'an eligibility rule of another type of process': {
    changes: [
      ['<processType>TransactionJournal<', '<processType>UpdateMemberDetails<'],
      ['<isProcessEligibilityRule>false<', '<isProcessEligibilityRule>true<'],
    ],
    mistakes: [
      '30: the eligibility rule "Spend" has an action: it can only have conditions',
      '77: the rule "Spend" is an eligibility rule, which only processes of the type TransactionJournal have',
    ],
  },
  'several mistakes': {
    changes: [
      ['<status>Active</status>', '<status>On</status>'],
      ['<actionType>DebitPoints</actionType>', '<actionType>TakePoints</actionType>'],
      ['<previousRule>Spend<', '<previousRule>Spent<'],
    ],
    mistakes: [
      '9: <status> "On" is unknown; it must be Draft, Active or Inactive',
      '55: <actionType> "TakePoints" is unknown',
      '95: <previousRule> names no rule of this process: "Spent"; did you mean "Spend"?',
    ],
  },
  'a file of another type': {
    changes: [
      ['<LoyaltyProgramSetup xmlns', '<LoyaltyProgram xmlns'],
      ['</LoyaltyProgramSetup>', '</LoyaltyProgram>'],
    ],
    mistakes: ['2: the file has <LoyaltyProgram>, not <LoyaltyProgramSetup>'],
  },
  'a file that is not XML': {
    changes: [['</label>', '</lable>']],
    mistakes: [
      "3: the file is not valid XML at line 3 (Expected closing tag 'label' (opened in line 3, col 5) instead of closing tag 'lable')",
    ],
  },
};
