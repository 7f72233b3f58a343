import type { BrokenPrograms } from './brokenProgram.js';

/** Changes of the small program in its actions, and all that the error then says. */
export const brokenActions: BrokenPrograms = {
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
};
