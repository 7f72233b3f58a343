import type { BrokenPrograms } from './brokenProgram.js';

/** Changes of the small program in its conditions, rules and step mappings, and all that the error then says. */
export const brokenSteps: BrokenPrograms = {
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
  'a mapping of nothing': {
    changes: [['                <associatedStep>Get the balance</associatedStep>\n', '']],
    mistakes: ['80: <stepMappings> has no <associatedStep>'],
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
