import { readXmlNode, textIn } from '../../base/files/xmlNode.js';
import type { XmlNode } from '../../base/files/xmlNode.js';
import type { CriterionOperator } from '../programRules.js';
import type { RulesReading } from '../source/rulesReading.js';
import { alternatives } from '../source/suggestion.js';
import { decisionPolicies, unsupportedPolicies } from './decisionTable.js';
import type { DecisionColumns, DecisionPolicy, DecisionTable } from './decisionTable.js';

/** What a `.decisionTable-meta.xml` file says of a table. */
export interface DecisionMetadata extends Pick<DecisionTable, 'policy' | 'matches' | 'objectName'> {
  readonly columns: DecisionColumns;
}

const operators: ReadonlyMap<string, CriterionOperator> = new Map([
  ['Equals', 'Equals'],
  ['GreaterOrEqual', 'GreaterThanOrEquals'],
  ['GreaterThan', 'GreaterThan'],
  ['LessOrEqual', 'LessThanOrEquals'],
  ['LessThan', 'LessThan'],
  ['NotEquals', 'NotEquals'],
]);

/** Reads the metadata of a table. Mistakes are noted. */
export function readDecisionMetadata(xml: string, reading: RulesReading): DecisionMetadata | undefined {
  const root = rootOf(xml, reading);
  if (!root) return undefined;
  const parameters = root.children.filter(({ name }) => name === 'decisionTableParameters');
  const usage = (parameter: XmlNode): string => textOf(parameter, 'usage')?.toLowerCase() ?? '';
  const inputs = parameters.filter((each) => usage(each) === 'input');
  const outputs = parameters.filter((each) => usage(each) === 'output');
  for (const each of parameters) refuseSorting(each, reading);
  const status = textOf(root, 'status') ?? 'Active';
  if (status !== 'Active')
    reading.fail(placeOf(root, 'status', reading), `the decision table is ${status}, but rules use only active ones`);
  return {
    policy: policyOf(root, reading),
    matches: conditionOf(root, reading),
    objectName: textOf(root, 'sourceObject'),
    columns: {
      inputs: inputs.map((each) => ({
        name: textOf(each, 'fieldName') ?? '',
        operator: operatorOf(each, reading),
        isRequired: textOf(each, 'isRequired') === 'true',
      })),
      outputs: outputs.map((each) => textOf(each, 'fieldName') ?? ''),
    },
  };
}

function rootOf(xml: string, reading: RulesReading): XmlNode | undefined {
  try {
    const root = readXmlNode(xml);
    if (root.name === 'DecisionTable') return root;
    reading.fail({ file: reading.file, line: root.line }, `the file has <${root.name}>, not <DecisionTable>`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    reading.fail({ file: reading.file, line: Number(/at line (\d+)/.exec(reason)?.[1] ?? 1) }, `the file ${reason}`);
  }
  return undefined;
}

function policyOf(root: XmlNode, reading: RulesReading): DecisionPolicy {
  const text = textOf(root, 'filterResultBy');
  const policy = decisionPolicies.find((each) => each === text);
  if (policy !== undefined || text === undefined) return policy ?? 'UniqueValues';
  const problem = unsupportedPolicies.includes(text) ? 'is not supported' : 'is unknown';
  const message = `<filterResultBy> ${text} ${problem}; it must be ${alternatives(decisionPolicies)}`;
  reading.fail(placeOf(root, 'filterResultBy', reading), message);
  return 'UniqueValues';
}

function conditionOf(root: XmlNode, reading: RulesReading): 'All' | 'Any' {
  const text = textOf(root, 'conditionType') ?? 'All';
  if (text === 'All' || text === 'Any') return text;
  reading.fail(
    placeOf(root, 'conditionType', reading),
    `<conditionType> ${text} is not supported; it must be All or Any`,
  );
  return 'All';
}

function operatorOf(parameter: XmlNode, reading: RulesReading): CriterionOperator {
  const text = textOf(parameter, 'operator') ?? 'Equals';
  const operator = operators.get(text);
  if (operator !== undefined) return operator;
  const message = `<operator> ${text} is not supported; it must be ${alternatives([...operators.keys()])}`;
  reading.fail(placeOf(parameter, 'operator', reading), message);
  return 'Equals';
}

function refuseSorting(parameter: XmlNode, reading: RulesReading): void {
  const text = textOf(parameter, 'sortType') ?? 'None';
  if (text === 'None') return;
  const message = `<sortType> ${text} is not supported: put the rows in their order`;
  reading.fail(placeOf(parameter, 'sortType', reading), message);
}

function textOf(node: XmlNode, name: string): string | undefined {
  return textIn(node, name) || undefined;
}

function placeOf(element: XmlNode, name: string, { file }: RulesReading): { file: string; line: number } {
  return { file, line: (element.children.find((child) => child.name === name) ?? element).line };
}
