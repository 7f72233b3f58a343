import { programName } from '../loyalty/exampleProgram.js';
import { fieldXml, metadataText, textField } from './metadataClient.js';

/** An object whose rows are those of a decision table: points by brand. */
export const ratesObject = metadataText(
  'CustomObject',
  [
    '<label>Rate</label><pluralLabel>Rates</pluralLabel><nameField><type>Text</type></nameField>',
    textField('Brand__c'),
    fieldXml('Points__c', '<label>P</label><precision>5</precision><scale>0</scale><type>Number</type>'),
  ].join('\n'),
);

interface TableChange {
  readonly status?: string;
  readonly input?: string;
  readonly operator?: string;
}

/** A decision table whose rows are records of `Rate__c`. */
export function ratesTable({
  status = 'Active',
  input = 'Brand__c',
  operator = 'NotEquals',
}: TableChange = {}): string {
  return metadataText(
    'DecisionTable',
    `<setupName>Rates</setupName><sourceObject>Rate__c</sourceObject><status>${status}</status>
<decisionTableParameters><fieldName>${input}</fieldName><operator>${operator}</operator><usage>INPUT</usage></decisionTableParameters>
<decisionTableParameters><fieldName>Points__c</fieldName><usage>OUTPUT</usage></decisionTableParameters>`,
  );
}

/** A program whose rule credits what a decision table says for the brand of a journal. */
export function tableRules(table: string, object: string, field: string): string {
  return `<LoyaltyProgramSetup><label>${programName}</label>
<programProcesses><processName>Purchases</processName><processType>TransactionJournal</processType>
<executionType>RealTime</executionType><journalType>Accrual</journalType><status>Active</status>
<parameters><parameterName>Row</parameterName><parameterType>Variable</parameterType><dataType>Sobject</dataType><objectName>${object}</objectName></parameters>
<rules><ruleName>Base</ruleName><status>Active</status>
<actions><actionName>Look up</actionName><actionType>GetOutputsFromDecisionTable</actionType><decisionTable>${table}</decisionTable>
<actionParameters><parameterName>Brand__c</parameterName><value>{!TransactionJournal.Brand}</value></actionParameters>
<actionParameters><parameterName>DecisionTableSingleOutcome</parameterName><value>Row</value></actionParameters></actions>
<actions><actionName>Credit</actionName><actionType>CreditPoints</actionType>
<actionParameters><parameterName>ProgramCurrencyName</parameterName><value>"Stars"</value></actionParameters>
<actionParameters><parameterName>PointsToCredit</parameterName><value>{!Row.${field}}</value></actionParameters></actions>
<stepMappings><associatedStep>Look up</associatedStep><sequence>1</sequence></stepMappings>
<stepMappings><associatedStep>Credit</associatedStep><sequence>2</sequence></stepMappings>
</rules></programProcesses></LoyaltyProgramSetup>`;
}
