import type { ActionInput, ActionOutput, ActionStep, ActionType } from '../programRules.js';
import type { ActionShape } from './actionShapes.js';
import { constantFormula } from './plainFormula.js';
import { readExpression, readReference } from './readExpression.js';
import type { RuleContext } from './readExpression.js';
import type { SetupElement } from './setupElement.js';
import { alternatives, suggestion } from './suggestion.js';

interface ActionReading {
  /** The action. */
  readonly element: SetupElement;
  readonly type: ActionType;
  readonly shape: ActionShape;
  readonly context: RuleContext;
}

type Role = 'input' | 'output' | 'word' | 'assignment' | 'unknown';

interface SequencedInput extends ActionInput {
  readonly sequence: number | undefined;
}

/** Reads the parameters of an action, and tells inputs, outputs and bare words apart. */
export function readActionParameters(
  parameters: readonly SetupElement[],
  action: ActionReading,
): Pick<ActionStep, 'inputs' | 'outputs'> {
  const inputs: SequencedInput[] = [];
  const outputs: ActionOutput[] = [];
  const names = new Set<string>();
  for (const parameter of parameters) {
    const name = parameter.requiredText('parameterName');
    parameter.oneOf('operator', ['Equals'] as const, 'Equals');
    const role = roleOf(name, parameter, action);
    // A variable can be given several values, one after the other.
    if (role !== 'assignment' && name !== '' && names.has(name))
      parameter.fail(`the parameter ${name} occurs twice in an action`, 'parameterName');
    names.add(name);
    if (role === 'output') outputs.push(readOutput(name, parameter, action.context));
    else if (role !== 'unknown') inputs.push(readInput({ name, role }, parameter, action));
  }
  checkPresence(names, action);
  return { inputs: inOrder(inputs, action), outputs: outputs.sort(byName) };
}

function roleOf(name: string, parameter: SetupElement, { type, shape, context }: ActionReading): Role {
  if (shape.words?.[name]) return 'word';
  if (outputsOf(shape).includes(name)) return 'output';
  if (inputsOf(shape).includes(name)) return 'input';
  switch (shape.others ?? 'none') {
    case 'inputs':
      return 'input';
    case 'assignments':
      context.scope.checkVariable(name, parameter.placeOf('parameterName'));
      return 'assignment';
    case 'inputs-and-outputs':
      return !parameter.has('valueType') && context.scope.get(parameter.text('value') ?? '') ? 'output' : 'input';
    case 'none': {
      const known = [...inputsOf(shape), ...outputsOf(shape), ...Object.keys(shape.words ?? {})];
      if (name !== '') parameter.fail(`${type} has no parameter ${name}${suggestion(name, known)}`, 'parameterName');
      return 'unknown';
    }
  }
}

function readOutput(name: string, parameter: SetupElement, { scope, reading }: RuleContext): ActionOutput {
  const variable = parameter.requiredText('value');
  const place = parameter.placeOf('value');
  if (parameter.has('valueType'))
    parameter.fail(`the output ${name} has a <valueType>, which outputs do not have`, 'valueType');
  if (/[{!}]/.test(variable)) reading.fail(place, `the output ${name} is written without {! and }: "${variable}"`);
  else if (variable !== '') scope.checkVariable(variable, place);
  const record = scope.get(variable)?.dataType === 'Sobject';
  if (name === 'DecisionTableSingleOutcome' && scope.get(variable) && !record)
    reading.fail(place, `the output ${name} needs a variable of the type Sobject, but "${variable}" is none`);
  return { name, variable, place: parameter.placeOf('parameterName') };
}

function readInput(
  { name, role }: { readonly name: string; readonly role: Role },
  parameter: SetupElement,
  { shape, context }: ActionReading,
): SequencedInput {
  const place = parameter.placeOf('parameterName');
  const text = parameter.requiredText('value');
  const valuePlace = parameter.placeOf('value');
  const valueType = parameter.has('valueType')
    ? parameter.oneOf('valueType', ['Literal', 'Parameter'] as const)
    : undefined;
  const sequence = parameter.wholeNumber('sequenceNumber', 0);
  const words = role === 'word' ? shape.words?.[name] : undefined;
  if (words) {
    if (!words.includes(text) && text !== '')
      context.reading.fail(valuePlace, `${name} must be ${alternatives(words)}, not "${text}"`);
    return { name, value: constantFormula(text, text), place, sequence };
  }
  if (text === '') return { name, value: constantFormula('', null), place, sequence };
  if (valueType === 'Literal') return { name, value: constantFormula(text, text), place, sequence };
  const read = valueType === 'Parameter' ? readReference : readExpression;
  return { name, value: read(text, valuePlace, context), place, sequence };
}

function checkPresence(names: ReadonlySet<string>, { element, type, shape }: ActionReading): void {
  const required = [...(shape.required ?? []), ...(shape.requiredOutputs ?? []), ...Object.keys(shape.words ?? {})];
  for (const name of required) if (!names.has(name)) element.fail(`${type} needs the parameter ${name}`, 'actionName');
  if (shape.others === 'assignments' && names.size === 0) element.fail(`${type} assigns nothing`, 'actionName');
}

/** Assignments have an order. That of other inputs means nothing, so it is the same whatever the file says. */
function inOrder(inputs: readonly SequencedInput[], { element, shape }: ActionReading): ActionInput[] {
  const hasOrder = shape.others === 'assignments' && inputs.length > 1;
  if (hasOrder && new Set(inputs.map(({ sequence }) => sequence)).size < inputs.length)
    element.fail('the assignments need different sequence numbers: their order is not clear', 'actionName');
  const ordered = hasOrder
    ? inputs.toSorted((a, b) => (a.sequence ?? NaN) - (b.sequence ?? NaN))
    : inputs.toSorted(byName);
  return ordered.map(({ name, value, place }) => ({ name, value, place }));
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function inputsOf({ required = [], optional = [] }: ActionShape): readonly string[] {
  return [...required, ...optional];
}

function outputsOf({ outputs = [], requiredOutputs = [] }: ActionShape): readonly string[] {
  return [...outputs, ...requiredOutputs];
}
