import type { ConditionStep, Criterion, ProcessStep, RuleProcess } from '../programRules.js';
import { contradiction } from './contradiction.js';
import { journalPrefix } from './parameterScope.js';
import type { RuleFinding } from './ruleFinding.js';
import { processActions, childrenOf, allRulesOf } from './walkRules.js';

/** Notes conditions that can never be met, in the plain cases: criteria that must all hold, compared with constants. */
export function conditionFindings(process: RuleProcess): RuleFinding[] {
  return allRulesOf(process).flatMap(({ steps }) => findingsIn(steps, [], hasFixedJournal(process)));
}

/** Whether no action changes the journal, so that what a condition found holds below it. */
function hasFixedJournal(process: RuleProcess): boolean {
  return !processActions(process).some(({ type, target }) => type === 'Crud' && `${target ?? ''}.` === journalPrefix);
}

function findingsIn(steps: readonly ProcessStep[], known: readonly Criterion[], isFixed: boolean): RuleFinding[] {
  return steps.flatMap((step) => {
    if (step.kind === 'action') return [];
    if (step.kind === 'group') return [...shadowedIn(step.conditions), ...findingsIn(step.conditions, known, isFixed)];
    const own = criteriaThatHold(step);
    const pair = contradiction(known, own);
    if (pair) return [neverMet(step, pair)];
    const lasting = isFixed ? own.filter(({ field }) => field.startsWith(journalPrefix)) : [];
    return findingsIn(childrenOf(step), [...known, ...lasting], isFixed);
  });
}

/** Returns the criteria that all hold where a condition is met. With OR, none of them has to. */
function criteriaThatHold({ logic, criteria }: ConditionStep): readonly Criterion[] {
  if (logic.is === 'OR') return [];
  const parts = logic.is === 'AND' ? logic.parts : [logic];
  const sequences = parts.map((part) => (part.is === 'criterion' ? part.sequence : undefined));
  return criteria.filter(({ sequence }) => sequences.includes(sequence));
}

function neverMet({ name, place }: ConditionStep, [one, other]: readonly [Criterion, Criterion]): RuleFinding {
  const message = `the condition "${name}" can never be met: ${criterionText(one)} contradicts ${criterionText(other)}`;
  return { code: 'never-met', level: 'warning', place, message };
}

function criterionText({ field, operator, text, place }: Criterion): string {
  return `${field} ${operator}${text === undefined ? '' : ` "${text}"`} (line ${place.line})`;
}

/** Of a group, only the first condition that is met runs, so an equal one behind it never does. */
function shadowedIn(conditions: readonly ConditionStep[]): RuleFinding[] {
  const first = new Map<string, ConditionStep>();
  return conditions.flatMap((condition) => {
    const { name, place, criteria, logic } = condition;
    const same = JSON.stringify([logic, criteria.map(({ field, operator, text }) => [field, operator, text])]);
    const other = first.get(same);
    if (!other) first.set(same, condition);
    if (!other) return [];
    const message = `the condition "${name}" is the same as "${other.name}" before it in the group, so it never runs`;
    return [{ code: 'shadowed-condition', level: 'warning', place, message }];
  });
}
