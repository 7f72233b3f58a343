/** The elements of LoyaltyProgramSetup and of the parts of its files. Source: the guide, and a real program. */
export const setupShape: ReadonlyMap<string, readonly string[]> = new Map([
  ['LoyaltyProgramSetup', ['label', 'programProcesses']],
  [
    'programProcesses',
    [
      ...['description', 'executionType', 'journalSubType', 'journalType', 'loyaltyTierGroup', 'parameters'],
      ...['processName', 'processType', 'rules', 'status'],
    ],
  ],
  [
    'parameters',
    [
      ...['condition', 'dataType', 'decimalPlaces', 'description', 'isCollection', 'isInput', 'isOutput'],
      ...['objectName', 'parameterName', 'parameterType', 'value'],
    ],
  ],
  [
    'rules',
    [
      ...['actions', 'conditions', 'description', 'endDate', 'isProcessEligibilityRule', 'previousRule', 'promotion'],
      ...['ruleName', 'startDate', 'status', 'stepMappings'],
    ],
  ],
  ['conditions', ['conditionCriteria', 'conditionFilterCriteria', 'conditionName', 'conditionType', 'description']],
  ['conditionFilterCriteria', ['operator', 'sequence', 'sourceFieldName', 'value', 'valueType']],
  [
    'actions',
    [
      ...['actionName', 'actionParameters', 'actionType', 'crudActionType', 'decisionTable'],
      ...['decisionTableDatasetLink', 'description', 'entityApiName', 'flowDefinition', 'loyaltyProgramProcess'],
    ],
  ],
  ['actionParameters', ['operator', 'parameterName', 'sequenceNumber', 'value', 'valueType']],
  ['stepMappings', ['associatedStep', 'parentStep', 'sequence']],
]);

/** Elements that may occur several times: those with parts of their own. */
export function mayRepeat(name: string): boolean {
  return setupShape.has(name);
}
