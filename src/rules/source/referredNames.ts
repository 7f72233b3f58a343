import { FormulaError } from '../formula.js';
import type { Formula } from '../formula.js';
import type { ActionStep, ProgramRules, RulePlace, RuleProcess } from '../programRules.js';
import type { RuleValue } from '../ruleValue.js';
import { actionShapes } from './actionShapes.js';
import type { ActionShape } from './actionShapes.js';
import type { ProgramNames } from './programNames.js';
import { processActions, allRulesOf } from './walkRules.js';

/** Parts of an org that only have names. */
export type NamedPart = Exclude<keyof ProgramNames, 'journalTypes' | 'objects'>;

export interface ReferredName {
  readonly part: NamedPart;
  readonly name: string;
  readonly place: RulePlace;
}

/** Inputs of actions that are names of records. */
const partOfInput: ReadonlyMap<string, NamedPart> = new Map([
  ['EngagementAttributeName', 'engagementAttributes'],
  ['LoyaltyProgramBadgeName', 'badges'],
  ['ProgramCurrencyName', 'currencies'],
  ['PromotionName', 'promotions'],
  ['TargetTierName', 'tiers'],
  ['TierGroupName', 'tierGroups'],
  ['VoucherDefinitionName', 'voucherDefinitions'],
]);

const partOfTarget: ReadonlyMap<string, NamedPart> = new Map([
  ['decisionTable', 'decisionTables'],
  ['flowDefinition', 'flows'],
]);

/** Yields the names that rules use and that are known before they run: written in the rules, or constants. */
export function* referredNames({ processes }: ProgramRules): Generator<ReferredName> {
  for (const process of processes) {
    const { tierGroup, place } = process;
    if (tierGroup !== undefined) yield { part: 'tierGroups', name: tierGroup, place };
    for (const rule of allRulesOf(process))
      if (rule.promotion !== undefined) yield { part: 'promotions', name: rule.promotion, place: rule.place };
    for (const action of processActions(process)) yield* namesOfAction(action, process);
  }
}

function* namesOfAction(action: ActionStep, process: RuleProcess): Generator<ReferredName> {
  const { target: element, required = [], optional = [] }: ActionShape = actionShapes[action.type];
  const targetPart = partOfTarget.get(element ?? '');
  if (targetPart && action.target !== undefined) yield { part: targetPart, name: action.target, place: action.place };
  for (const { name: input, value, place } of action.inputs) {
    // Flows and other processes have inputs of any name, which do not have to be names of records.
    const part = required.includes(input) || optional.includes(input) ? partOfInput.get(input) : undefined;
    const name = part && knownText(value, process);
    if (part && name) yield { part, name, place };
  }
}

/** Returns the text of an expression that has only constants. */
export function knownText(formula: Formula, { parameters }: RuleProcess): string | undefined {
  const values = new Map<string, RuleValue>();
  for (const reference of formula.references) {
    const parameter = parameters.get(reference);
    if (parameter?.kind !== 'Constant') return undefined;
    values.set(reference, parameter.value);
  }
  try {
    const value = formula.evaluate((reference) => values.get(reference) ?? null, { now: 0, timeZone: 'UTC' });
    return typeof value === 'string' ? value : undefined;
  } catch (error) {
    if (error instanceof FormulaError) return undefined;
    throw error;
  }
}
