import type { RuleParameter, RulePlace, RuleProcess } from '../programRules.js';
import type { RuleFinding } from './ruleFinding.js';
import { processActions, referencesOf } from './walkRules.js';

/** Notes variables that rules only read, or only write. One that is only declared is common, and no finding. */
export function variableFindings(process: RuleProcess): RuleFinding[] {
  const used = firstUses(process);
  const set = variablesSet(process);
  return [...process.parameters.values()].flatMap((parameter) => {
    if (parameter.kind !== 'Variable') return [];
    const { name, isOutput, place } = parameter;
    const use = used.get(name);
    if (use && !set.has(name) && !parameter.isInput) return [neverSet(parameter, use)];
    if (use || !set.has(name) || isOutput) return [];
    return [{ code: 'never-used', level: 'info', place, message: `the variable "${name}" is set, but never used` }];
  });
}

function neverSet({ name, dataType }: RuleParameter, place: RulePlace): RuleFinding {
  const value = dataType === 'Numeric' ? 'blank, which counts as 0' : 'blank';
  const message = `the variable "${name}" is used, but nothing in this process sets it: it is always ${value}`;
  return { code: 'never-set', level: 'warning', place, message };
}

function firstUses(process: RuleProcess): ReadonlyMap<string, RulePlace> {
  const uses = new Map<string, RulePlace>();
  for (const { reference, place } of referencesOf(process)) {
    const name = reference.split('.')[0] ?? '';
    const first = uses.get(name);
    if (!first || place.line < first.line) uses.set(name, place);
  }
  return uses;
}

function variablesSet(process: RuleProcess): ReadonlySet<string> {
  return new Set(
    processActions(process).flatMap(({ type, inputs, outputs }) => [
      ...(type === 'AssignParameterValues' ? inputs.map(({ name }) => name) : []),
      ...outputs.map(({ variable }) => variable),
    ]),
  );
}
