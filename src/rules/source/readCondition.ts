import { shortText } from '../../base/text/shortText.js';
import type { CriteriaLogic, Criterion } from '../programRules.js';
import { LogicError, numbersIn, parseLogic } from './parseLogic.js';
import { readCriterion } from './readCriterion.js';
import type { RuleContext } from './readExpression.js';
import type { SetupElement } from './setupElement.js';

/** A condition, before its place in the tree of steps is known. */
export type ReadCondition =
  | { readonly kind: 'condition'; readonly criteria: readonly Criterion[]; readonly logic: CriteriaLogic }
  | { readonly kind: 'group' };

const conditionTypes = ['Condition', 'ConditionGroup'] as const;

/** The guide's table has no conditionType: without one, it is a Condition. */
export function readCondition(element: SetupElement, context: RuleContext): ReadCondition {
  if (element.oneOf('conditionType', conditionTypes, 'Condition') === 'ConditionGroup') {
    for (const name of ['conditionCriteria', 'conditionFilterCriteria'])
      if (element.has(name)) element.fail(`a ConditionGroup has no <${name}>: its conditions have them`, name);
    return { kind: 'group' };
  }
  const criteria = element
    .children('conditionFilterCriteria')
    .map((each) => readCriterion(each, context))
    .sort((a, b) => a.sequence - b.sequence);
  return { kind: 'condition', criteria, logic: readLogic(element, criteria) };
}

function readLogic(element: SetupElement, criteria: readonly Criterion[]): CriteriaLogic {
  const text = element.requiredText('conditionCriteria');
  const fail = (message: string): void => element.fail(message, 'conditionCriteria');
  const shown = shortText(text, 80);
  try {
    const logic = parseLogic(text);
    const named = new Set(numbersIn(logic));
    const known = new Set(criteria.map(({ sequence }) => sequence));
    for (const number of named)
      if (!known.has(number)) fail(`the logic "${shown}" names criterion ${number}, which does not exist`);
    for (const { sequence, place } of criteria)
      if (!named.has(sequence) && !Number.isNaN(sequence))
        fail(`the logic "${shown}" leaves out criterion ${sequence} in line ${place.line}`);
    if (known.size < criteria.length) element.fail('two criteria have the same <sequence>');
    return logic;
  } catch (error) {
    if (!(error instanceof LogicError)) throw error;
    if (text !== '') fail(`the logic "${shown}" cannot be read: ${error.message}`);
    return { is: 'AND', parts: [] };
  }
}
