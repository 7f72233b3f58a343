import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { outsideRulesOf, RulesSourceError } from '../../../src/rules/index.js';
import type { OutsideOptions, OutsideRules, RuleRecord, RuleValue } from '../../../src/rules/index.js';

/** A rule that uses one flow and one decision table. Lines matter: tests name them. */
export const rulesXml = `<LoyaltyProgramSetup>
<label>Harbour Rewards</label>
<programProcesses><processName>Purchases</processName><processType>TransactionJournal</processType>
<executionType>RealTime</executionType><journalType>Accrual</journalType><status>Active</status>
<parameters><parameterName>Rate</parameterName><parameterType>Variable</parameterType><dataType>Numeric</dataType></parameters>
<parameters><parameterName>Outcome</parameterName><parameterType>Variable</parameterType><dataType>Text</dataType></parameters>
<parameters><parameterName>Row</parameterName><parameterType>Variable</parameterType><dataType>Sobject</dataType><objectName>Rate__c</objectName></parameters>
<rules><ruleName>Base</ruleName><status>Active</status>
<actions>
<actionName>Get rate</actionName><actionType>RunFlow</actionType><flowDefinition>Get_Rate</flowDefinition>
<actionParameters><parameterName>Amount</parameterName><value>{!TransactionJournal.TransactionAmount}</value></actionParameters>
<actionParameters><parameterName>Brand</parameterName><value>{!TransactionJournal.Brand}</value></actionParameters><actionParameters><parameterName>Rate</parameterName><value>Rate</value></actionParameters>
</actions>
<actions>
<actionName>Look up</actionName><actionType>GetOutputsFromDecisionTable</actionType><decisionTable>Rates</decisionTable>
<actionParameters><parameterName>Brand</parameterName><value>{!TransactionJournal.Brand}</value></actionParameters>
<actionParameters><parameterName>Amount</parameterName><value>{!TransactionJournal.TransactionAmount}</value></actionParameters>
<actionParameters><parameterName>DecisionTableOutcomeType</parameterName><value>Outcome</value></actionParameters>
<actionParameters><parameterName>DecisionTableSingleOutcome</parameterName><value>Row</value></actionParameters>
</actions>
<actions><actionName>Credit</actionName><actionType>CreditPoints</actionType>
<actionParameters><parameterName>ProgramCurrencyName</parameterName><value>Harbour Points</value><valueType>Literal</valueType></actionParameters>
<actionParameters><parameterName>PointsToCredit</parameterName><value>{!TransactionJournal.TransactionAmount} * {!Rate} * {!Row.Rate__c}</value></actionParameters>
</actions>
<stepMappings><associatedStep>Get rate</associatedStep><sequence>1</sequence></stepMappings>
<stepMappings><associatedStep>Look up</associatedStep><sequence>2</sequence></stepMappings>
<stepMappings><associatedStep>Credit</associatedStep><sequence>3</sequence></stepMappings>
</rules></programProcesses></LoyaltyProgramSetup>
`;
export const flowLine = 10;
export const tableLine = 15;

export const goodFlows = 'Get_Rate:\n  default: { Rate: 1 }\n';
export const goodTable = 'if Brand,if Amount GreaterThanOrEquals,then Rate__c\nAurora,0,2\nBorealis,0,3\n';

/** A source folder with these rules. `await using` removes it. */
export class OutsideFolder implements AsyncDisposable {
  private constructor(readonly path: string) {}

  /** @param files path → content, besides the rules */
  static async of(files: Readonly<Record<string, string>>): Promise<OutsideFolder> {
    const folder = new OutsideFolder(await mkdtemp(join(tmpdir(), 'loyalty-outside-')));
    const all = { 'loyaltyProgramSetups/Harbour.loyaltyProgramSetup-meta.xml': rulesXml, ...files };
    for (const [file, content] of Object.entries(all)) {
      await mkdir(dirname(join(folder.path, file)), { recursive: true });
      await writeFile(join(folder.path, file), content);
    }
    return folder;
  }

  open(options: OutsideOptions = {}): Promise<OutsideRules> {
    return outsideRulesOf({ source: this.path, ...options });
  }

  /** Returns `file:line: message` of each mistake, with paths below the folder. */
  async mistakes(options: OutsideOptions = {}): Promise<string[]> {
    try {
      await this.open(options);
      return [];
    } catch (error) {
      if (!(error instanceof RulesSourceError)) throw error;
      return error.issues.map(
        ({ place, message }) => `${place.file.slice(this.path.length + 1)}:${place.line}: ${message}`,
      );
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.path, { recursive: true });
  }
}

export function inputs(values: Readonly<Record<string, RuleValue>>): ReadonlyMap<string, RuleValue> {
  return new Map(Object.entries(values));
}

/** Returns the rows that match as plain objects. */
export function rowsOf(
  rules: OutsideRules,
  values: Readonly<Record<string, RuleValue>>,
  records: readonly RuleRecord[] = [],
): unknown[] | undefined {
  return rules.decide('Rates', inputs(values), () => records)?.map(({ fields }) => Object.fromEntries(fields));
}
