import type { RulesReading } from './rulesReading.js';
import type { StepMapping, UnplacedStep } from './stepMapping.js';
import { suggestion } from './suggestion.js';

type Steps = ReadonlyMap<string, UnplacedStep>;

/** Notes what is wrong with the mappings of a rule. Returns those that can be followed: they form a tree. */
export function checkMappings(steps: Steps, mappings: readonly StepMapping[], reading: RulesReading): StepMapping[] {
  const byStep = new Map<string, StepMapping>();
  for (const mapping of mappings) {
    const { step, place } = mapping;
    const first = byStep.get(step);
    // A mapping without a step is refused when it is read.
    if (step === '') continue;
    if (first) reading.fail(place, `the step "${step}" is already mapped in line ${first.place.line}`);
    else if (!steps.has(step))
      reading.fail(
        place,
        `<associatedStep> names no step of this rule: "${step}"${suggestion(step, [...steps.keys()])}`,
      );
    else byStep.set(step, mapping);
  }
  const sound = [...byStep.values()].filter((mapping) => hasParent(mapping, steps, byStep, reading));
  checkSequences(sound, reading);
  for (const [name, { kind, place }] of steps)
    if (!byStep.has(name) && !mappings.some(({ step }) => step === name))
      reading.warn(place, `the ${kind} "${name}" is in no step mapping, so it never runs`);
  return sound;
}

function hasParent(
  { step, parent, place }: StepMapping,
  steps: Steps,
  byStep: ReadonlyMap<string, StepMapping>,
  reading: RulesReading,
): boolean {
  if (parent === undefined) return true;
  const kind = steps.get(parent)?.kind;
  const conditions = [...steps].filter(([, each]) => each.kind !== 'action').map(([name]) => name);
  if (kind === undefined)
    reading.fail(place, `<parentStep> names no step of this rule: "${parent}"${suggestion(parent, conditions)}`);
  else if (kind === 'action')
    reading.fail(place, `the step "${step}" is below the action "${parent}": only conditions have steps below them`);
  else if (!byStep.has(parent))
    reading.fail(place, `the step "${step}" is below "${parent}", which is in no step mapping itself`);
  else if (isBelowItself(step, byStep)) reading.fail(place, `the step "${step}" is below itself`);
  else return true;
  return false;
}

function isBelowItself(step: string, byStep: ReadonlyMap<string, StepMapping>): boolean {
  const above = new Set<string>();
  for (let parent = byStep.get(step)?.parent; parent !== undefined; parent = byStep.get(parent)?.parent) {
    if (parent === step) return true;
    if (above.has(parent)) return false;
    above.add(parent);
  }
  return false;
}

/** With two equal sequences, the order would be that of the file, which means nothing. */
function checkSequences(mappings: readonly StepMapping[], reading: RulesReading): void {
  const taken = new Map<string, StepMapping>();
  for (const mapping of mappings) {
    const { step, parent, sequence, place } = mapping;
    const position = JSON.stringify([parent, sequence]);
    const other = taken.get(position);
    if (other && !Number.isNaN(sequence))
      reading.fail(
        place,
        `the steps "${other.step}" and "${step}" both have the sequence ${sequence}${parent === undefined ? '' : ` below "${parent}"`}`,
      );
    taken.set(position, mapping);
  }
}
