import { parseFormula } from '../../../src/rules/index.js';
import type {
  ActionStep,
  ActionType,
  ConditionStep,
  CriterionOperator,
  Formula,
  GroupStep,
  ProcessStep,
  ProgramRules,
  Rule,
  RuleParameter,
  RuleProcess,
} from '../../../src/rules/index.js';

const place = { file: 'rules.xml', line: 1 };
const anyName = { has: () => true, values: () => [] };

export function formula(text: string): Formula {
  return parseFormula(text, anyName);
}

type Given<T> = Partial<Omit<T, 'kind' | 'place'>>;

export function variable(name: string, dataType: RuleParameter['dataType'], decimalPlaces?: number): RuleParameter {
  return { ...parameterBase(name, dataType), kind: 'Variable', decimalPlaces };
}

export function formulaParameter(name: string, text: string): RuleParameter {
  return { ...parameterBase(name, 'Numeric'), kind: 'Formula', decimalPlaces: undefined, formula: formula(text) };
}

function parameterBase(name: string, dataType: RuleParameter['dataType']) {
  return { name, dataType, objectName: undefined, isInput: false, isOutput: false, place };
}

/** An action with inputs as expressions, and outputs as names of variables. */
export function action(
  name: string,
  type: ActionType,
  inputs: Readonly<Record<string, string>> = {},
  { outputs = {}, target }: { outputs?: Readonly<Record<string, string>>; target?: string } = {},
): ActionStep {
  return {
    ...{ kind: 'action', name, type, target, crud: undefined, datasetLink: undefined, place },
    inputs: Object.entries(inputs).map(([key, text]) => ({ name: key, value: formula(text), place })),
    outputs: Object.entries(outputs).map(([key, to]) => ({ name: key, variable: to, place })),
  };
}

/** A condition with one criterion. */
export function condition(
  [field, operator, value]: readonly [string, CriterionOperator, string],
  children: readonly ProcessStep[] = [],
): ConditionStep {
  const compared = { text: value, valueType: 'Formula', value: formula(value) } as const;
  return {
    ...{ kind: 'condition', name: `${field} ${operator} ${value}`, place, children },
    criteria: [{ sequence: 1, field, operator, ...compared, place }],
    logic: { is: 'criterion', sequence: 1 },
  };
}

export function group(conditions: readonly ConditionStep[]): GroupStep {
  return { kind: 'group', name: 'if', conditions, place };
}

export function rule(name: string, steps: readonly ProcessStep[], given: Given<Rule> = {}): Rule {
  const dates = { startDate: undefined, endDate: undefined, promotion: undefined };
  return { name, status: 'Active', ...dates, steps, place, ...given };
}

export function process(
  rules: readonly Rule[],
  {
    parameters = [],
    ...given
  }: Omit<Given<RuleProcess>, 'parameters'> & { parameters?: readonly RuleParameter[] } = {},
): RuleProcess {
  return {
    ...{ name: 'Purchases', type: 'TransactionJournal', status: 'Active', executionType: 'RealTime' },
    ...{ journalType: 'Accrual', journalSubType: undefined, tierGroup: undefined, eligibility: [], rules, place },
    parameters: new Map(parameters.map((each) => [each.name, each])),
    ...given,
  };
}

export function program(...processes: readonly RuleProcess[]): ProgramRules {
  return { label: 'Harbour Rewards', place, processes, warnings: [] };
}
