import { ProcessType } from '../../contract/endpoints/processEndpoints.js';
import { executionTypes, processStatuses } from '../programRules.js';
import type { Rule, RuleProcess } from '../programRules.js';
import { ParameterScope } from './parameterScope.js';
import { checkFormulaCycles, readParameters } from './readParameter.js';
import { readRule } from './readRule.js';
import type { UnchainedRule } from './readRule.js';
import { ruleChain } from './ruleChain.js';
import type { RulesReading } from './rulesReading.js';
import type { SetupElement } from './setupElement.js';
import { suggestion } from './suggestion.js';

const journalProcess = 'TransactionJournal';

export function readProcess(element: SetupElement, reading: RulesReading): RuleProcess {
  const type = readType(element);
  const parameters = readParameters(element, reading);
  const scope = new ParameterScope(parameters, reading);
  for (const parameter of parameters.values())
    if (parameter.kind === 'Formula')
      for (const reference of parameter.formula.references) scope.checkReference(reference, parameter.place);
  checkFormulaCycles(parameters, reading);
  const rules = element.children('rules').map((each) => readRule(each, { reading, scope }));
  checkRuleNames(rules, reading);
  if (type === journalProcess) element.requiredText('journalType');
  return {
    name: element.requiredText('processName'),
    type,
    status: element.oneOf('status', processStatuses, 'Draft'),
    executionType: element.oneOf('executionType', executionTypes, 'RealTime'),
    journalType: element.text('journalType'),
    journalSubType: element.text('journalSubType'),
    tierGroup: element.text('loyaltyTierGroup'),
    parameters,
    ...chained(rules, type, reading),
    place: element.placeOf('processName'),
  };
}

/** A sample of the guide has a blank in the type. */
function readType(element: SetupElement): string {
  const text = element.requiredText('processType');
  const type = text.replaceAll(' ', '');
  const known = ProcessType.options;
  if (text !== '' && !known.some((each) => each === type))
    element.fail(`<processType> "${text}" is unknown${suggestion(type, known)}`, 'processType');
  return type;
}

function checkRuleNames(rules: readonly UnchainedRule[], reading: RulesReading): void {
  const lines = new Map<string, number>();
  for (const { name, rule } of rules) {
    const line = lines.get(name);
    if (line !== undefined && name !== '') reading.fail(rule.place, `the rule "${name}" is already in line ${line}`);
    lines.set(name, rule.place.line);
  }
}

/** Eligibility rules come before the others, so a rule that follows one of them is the first one of the others. */
function chained(
  rules: readonly UnchainedRule[],
  type: string,
  reading: RulesReading,
): { readonly eligibility: readonly Rule[]; readonly rules: readonly Rule[] } {
  const eligibility = rules.filter(({ isEligibility }) => isEligibility);
  if (type !== journalProcess)
    for (const { name, rule } of eligibility)
      reading.fail(
        rule.place,
        `the rule "${name}" is an eligibility rule, which only processes of the type ${journalProcess} have`,
      );
  const names = new Set(eligibility.map(({ name }) => name));
  const others = rules
    .filter(({ isEligibility }) => !isEligibility)
    .map((each) => (names.has(each.previous ?? '') ? { ...each, previous: undefined } : each));
  const inChain = (links: readonly UnchainedRule[]): Rule[] => ruleChain(links, reading).map(({ rule }) => rule);
  return { eligibility: inChain(eligibility), rules: inChain(others) };
}
