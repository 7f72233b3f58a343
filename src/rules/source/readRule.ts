import { processStatuses } from '../programRules.js';
import type { Rule, RulePlace } from '../programRules.js';
import { isCalendarDay } from './literalValue.js';
import { readAction } from './readAction.js';
import { readCondition } from './readCondition.js';
import type { RuleContext } from './readExpression.js';
import type { SetupElement } from './setupElement.js';
import { stepTree } from './stepTree.js';
import type { StepMapping, UnplacedStep } from './stepMapping.js';

/** A rule, before its place in the chain is known. */
export interface UnchainedRule {
  readonly name: string;
  readonly previous: string | undefined;
  readonly previousPlace: RulePlace;
  readonly isEligibility: boolean;
  readonly rule: Rule;
}

/** What the product writes for a missing start and end. */
const always: readonly string[] = ['1970-01-01', '3000-01-01'];

export function readRule(element: SetupElement, context: RuleContext): UnchainedRule {
  const name = element.requiredText('ruleName');
  const isEligibility = element.flag('isProcessEligibilityRule');
  const rule: Rule = {
    name,
    status: element.oneOf('status', processStatuses, 'Draft'),
    startDate: readDay(element, 'startDate'),
    endDate: readDay(element, 'endDate'),
    promotion: element.text('promotion'),
    steps: stepTree(readSteps(element, context), readMappings(element), context.reading),
    place: element.placeOf('ruleName'),
  };
  const [action] = isEligibility ? element.children('actions') : [];
  action?.fail(`the eligibility rule "${name}" has an action: it can only have conditions`);
  const previousPlace = element.placeOf(element.has('previousRule') ? 'previousRule' : 'ruleName');
  return { name, previous: element.text('previousRule'), previousPlace, isEligibility, rule };
}

function readDay(element: SetupElement, name: 'startDate' | 'endDate'): string | undefined {
  const text = element.text(name);
  if (text === undefined || always.includes(text)) return undefined;
  if (!isCalendarDay(text)) element.fail(`<${name}> must be a day as yyyy-MM-dd, not "${text}"`, name);
  return text;
}

function readSteps(element: SetupElement, context: RuleContext): Map<string, UnplacedStep> {
  const steps = new Map<string, UnplacedStep>();
  const add = (step: UnplacedStep): void => {
    const other = steps.get(step.name);
    if (other && step.name !== '')
      context.reading.fail(
        step.place,
        `the step "${step.name}" is already in line ${other.place.line}: steps of a rule need different names`,
      );
    else steps.set(step.name, step);
  };
  for (const each of element.children('conditions')) {
    const name = each.requiredText('conditionName');
    add({ ...readCondition(each, context), name, place: each.placeOf('conditionName') });
  }
  for (const each of element.children('actions')) {
    add(readAction(each, context));
  }
  return steps;
}

function readMappings(element: SetupElement): StepMapping[] {
  return element.children('stepMappings').map((each) => ({
    step: each.requiredText('associatedStep'),
    parent: each.text('parentStep'),
    sequence: each.requiredNumber('sequence', 1),
    place: each.placeOf('associatedStep'),
  }));
}
