import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExampleOrg, programName } from '../exampleProgram.js';

/** An action: its type, its parameters, and elements besides. */
export interface GivenAction {
  readonly type: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly elements?: Readonly<Record<string, string>>;
}

export interface GivenProcess {
  readonly name: string;
  readonly subtype?: string;
  readonly actions: readonly GivenAction[];
  readonly promotion?: string;
}

/** Variables that every process has. */
const variables: readonly Readonly<Record<string, string>>[] = [
  { parameterName: 'Number', dataType: 'Numeric' },
  { parameterName: 'Text', dataType: 'Text' },
  { parameterName: 'Flag', dataType: 'Boolean' },
  { parameterName: 'Product', dataType: 'Sobject', objectName: 'Product2' },
];

/**
 * Starts the example org with one rule in each process, whose actions run one after the other.
 * @param processes those for journals of the type Accrual
 */
export async function orgWithRules(...processes: readonly GivenProcess[]): Promise<ExampleOrg> {
  const folder = await mkdtemp(join(tmpdir(), 'loyalty-rules-'));
  try {
    await mkdir(join(folder, 'loyaltyProgramSetups'));
    await writeFile(
      join(folder, 'loyaltyProgramSetups/Harbour_Rewards.loyaltyProgramSetup-meta.xml'),
      programSetupXml(programName, processes),
    );
    return await ExampleOrg.start({ source: folder });
  } finally {
    await rm(folder, { recursive: true });
  }
}

export function programSetupXml(label: string, processes: readonly GivenProcess[]): string {
  return `<LoyaltyProgramSetup><label>${label}</label>${processes.map(processXml).join('')}</LoyaltyProgramSetup>`;
}

function processXml({ name, subtype, actions, promotion }: GivenProcess): string {
  const steps = actions.map((_, index) =>
    element('stepMappings', { associatedStep: `Step ${index + 1}`, sequence: String(index + 1) }),
  );
  const parameters = variables.map((each) => element('parameters', { ...each, parameterType: 'Variable' }));
  const rule = [
    elements({ ruleName: 'Rule', status: 'Active', ...(promotion !== undefined && { promotion }) }),
    ...actions.map(actionXml),
    ...steps,
  ].join('');
  const head = elements({
    ...{ processName: name, processType: 'TransactionJournal', status: 'Active', executionType: 'RealTime' },
    ...{ journalType: 'Accrual', ...(subtype !== undefined && { journalSubType: subtype }) },
  });
  return `<programProcesses>${head}${parameters.join('')}<rules>${rule}</rules></programProcesses>`;
}

function actionXml({ type, parameters = {}, elements: others = {} }: GivenAction, index: number): string {
  const given = Object.entries(parameters).map(([parameterName, value], at) =>
    element('actionParameters', {
      ...{ operator: 'Equals', parameterName, value },
      ...(type === 'AssignParameterValues' && { sequenceNumber: String(at + 1) }),
    }),
  );
  const head = elements({ actionName: `Step ${index + 1}`, actionType: type, ...others });
  return `<actions>${head}${given.join('')}</actions>`;
}

function element(name: string, children: Readonly<Record<string, string>>): string {
  return `<${name}>${elements(children)}</${name}>`;
}

function elements(children: Readonly<Record<string, string>>): string {
  return Object.entries(children)
    .map(([name, text]) => `<${name}>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</${name}>`)
    .join('');
}
