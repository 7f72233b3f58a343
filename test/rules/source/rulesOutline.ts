import type { ActionStep, ProcessStep, ProgramRules, Rule, RuleParameter } from '../../../src/rules/index.js';

/** Returns rules without places, and with expressions as they are written: what two files with the same rules share. */
export function withoutPlaces(rules: ProgramRules): unknown {
  return JSON.parse(
    JSON.stringify(rules, (key, value: unknown) => {
      if (key === 'place') return undefined;
      if (value instanceof Map) return [...(value as Map<string, unknown>)];
      if (isFormula(value)) return value.text;
      return value;
    }),
  );
}

function isFormula(value: unknown): value is { readonly text: string } {
  return typeof value === 'object' && value !== null && 'evaluate' in value && 'text' in value;
}

/** Returns the steps of a rule as lines, indented like their tree. */
export function outline({ steps }: Rule): string[] {
  const lines = (step: ProcessStep, depth: number): string[] => {
    const inner = step.kind === 'action' ? [] : step.kind === 'group' ? step.conditions : step.children;
    return [`${'  '.repeat(depth)}${step.kind} ${step.name}`, ...inner.flatMap((each) => lines(each, depth + 1))];
  };
  return steps.flatMap((step) => lines(step, 0));
}

/** Returns an action as one text: `GetMemberPointBalance(ProgramCurrencyName: Points) → PointsBalance: Balance`. */
export function actionText({ type, target, crud, inputs, outputs }: ActionStep): string {
  const head = [type, crud, target].filter((part) => part !== undefined).join(' ');
  const given = inputs.map(({ name, value }) => `${name}: ${value.text}`).join(', ');
  const got = outputs.map(({ name, variable }) => `${name}: ${variable}`).join(', ');
  return `${head}(${given})${got === '' ? '' : ` → ${got}`}`;
}

/** Returns all steps of a rule, depth first. */
export function stepsIn({ steps }: Rule): ProcessStep[] {
  const inner = (step: ProcessStep): ProcessStep[] => {
    const children = step.kind === 'action' ? [] : step.kind === 'group' ? step.conditions : step.children;
    return [step, ...children.flatMap(inner)];
  };
  return steps.flatMap(inner);
}

/** Returns a parameter as one text: `Numeric(2) Constant 5.5`. */
export function parameterText(parameter: RuleParameter): string {
  const { kind, dataType, decimalPlaces, objectName, isInput, isOutput } = parameter;
  const detail = decimalPlaces ?? objectName;
  const value =
    kind === 'Constant' ? [JSON.stringify(parameter.value)] : kind === 'Formula' ? [parameter.formula.text] : [];
  const flags = [...(isInput ? ['input'] : []), ...(isOutput ? ['output'] : [])];
  return [`${dataType}${detail === undefined ? '' : `(${detail})`}`, kind, ...value, ...flags].join(' ');
}
