import { actionTypes } from '../programRules.js';
import type { ActionStep, ActionType } from '../programRules.js';
import { actionShapes, targetElements, unsupportedActionTypes } from './actionShapes.js';
import type { ActionShape } from './actionShapes.js';
import { readActionParameters } from './readActionParameters.js';
import type { RuleContext } from './readExpression.js';
import type { SetupElement } from './setupElement.js';

export function readAction(element: SetupElement, context: RuleContext): ActionStep {
  const name = element.requiredText('actionName');
  const type = readType(element, name);
  if (type === undefined) return unreadable(name, element);
  const shape: ActionShape = actionShapes[type];
  refuseForeign(element, type, shape);
  const target = shape.target === undefined ? undefined : element.requiredText(shape.target);
  const crud = type === 'Crud' ? readCrud(element) : undefined;
  const parameters = element.children('actionParameters');
  const own = type === 'Crud' ? parameters.filter((each) => !isCrudWord(each, { target, crud })) : parameters;
  const { inputs, outputs } = readActionParameters(own, { element, type, shape, context });
  if (crud !== undefined) checkId(element, crud, inputs);
  const datasetLink = type === 'GetOutputsFromDecisionTable' ? element.text('decisionTableDatasetLink') : undefined;
  const place = element.placeOf('actionName');
  return { kind: 'action', name, type, target, crud, datasetLink, inputs, outputs, place };
}

/** Stands for an action of an unknown type while the mistakes around it are looked for. */
function unreadable(name: string, element: SetupElement): ActionStep {
  const none = { target: undefined, crud: undefined, datasetLink: undefined, inputs: [], outputs: [] };
  return { kind: 'action', name, type: 'SendMail', ...none, place: element.placeOf('actionName') };
}

/** Undefined if the type is unknown or not supported. */
function readType(element: SetupElement, name: string): ActionType | undefined {
  const text = element.text('actionType') ?? '';
  if (!unsupportedActionTypes.includes(text)) {
    const count = element.text('actionType') === undefined ? 0 : actionTypes.filter((each) => each === text).length;
    const type = element.oneOf('actionType', actionTypes);
    return count === 0 ? undefined : type;
  }
  element.fail(`the action "${name}" has the type ${text}, which is not supported`, 'actionType');
  return undefined;
}

/** Notes elements that belong to other types of actions. */
function refuseForeign(element: SetupElement, type: ActionType, { target }: ActionShape): void {
  const foreign: string[] = targetElements.filter((name) => name !== target);
  if (type !== 'Crud') foreign.push('crudActionType');
  if (type !== 'GetOutputsFromDecisionTable') foreign.push('decisionTableDatasetLink');
  for (const name of foreign)
    if (element.has(name)) element.fail(`an action of the type ${type} has no <${name}>`, name);
}

function readCrud(element: SetupElement): 'create' | 'update' {
  return element.oneOf('crudActionType', ['create', 'update'] as const);
}

/** Crud says its action and its object twice: in elements, and as parameters that are bare words. Both must agree. */
function isCrudWord(parameter: SetupElement, { target, crud }: Pick<ActionStep, 'target' | 'crud'>): boolean {
  const name = parameter.text('parameterName');
  if (name !== '_action' && name !== '_entity') return false;
  const [expected, source] = name === '_action' ? [crud, 'crudActionType'] : [target, 'entityApiName'];
  const value = parameter.requiredText('value');
  if (value !== expected && value !== '')
    parameter.fail(`the parameter ${name} is "${value}", but <${source}> is "${expected ?? ''}"`, 'value');
  return true;
}

function checkId(element: SetupElement, crud: 'create' | 'update', inputs: ActionStep['inputs']): void {
  const hasId = inputs.some(({ name }) => name === 'Id');
  if (crud === 'update' && !hasId) element.fail('the action updates a record, but has no parameter Id', 'actionName');
  if (crud === 'create' && hasId)
    element.fail('the action creates a record, so it cannot have a parameter Id', 'actionName');
}
