import type { ConditionStep, ProcessStep } from '../programRules.js';
import { checkMappings } from './checkMappings.js';
import type { RulesReading } from './rulesReading.js';
import type { StepMapping, UnplacedStep } from './stepMapping.js';

/**
 * Puts the steps of a rule in their tree. Siblings run by their sequence, in which gaps mean nothing. A step that no
 * mapping names never runs.
 */
export function stepTree(
  steps: ReadonlyMap<string, UnplacedStep>,
  mappings: readonly StepMapping[],
  reading: RulesReading,
): ProcessStep[] {
  const sound = checkMappings(steps, mappings, reading);
  const siblings = Map.groupBy(sound, ({ parent }) => parent);
  const placed = (parent: string | undefined): ProcessStep[] => {
    const children = (siblings.get(parent) ?? []).toSorted((a, b) => a.sequence - b.sequence);
    return children.flatMap(({ step }) => {
      const found = steps.get(step);
      return found ? [withChildren(found, placed(step), reading)] : [];
    });
  };
  return placed(undefined);
}

function withChildren(step: UnplacedStep, children: readonly ProcessStep[], reading: RulesReading): ProcessStep {
  if (step.kind === 'action') return step;
  const { name, place } = step;
  if (step.kind === 'condition') return { ...step, children };
  const conditions = children.filter((child): child is ConditionStep => child.kind === 'condition');
  for (const child of children)
    if (child.kind !== 'condition')
      reading.fail(child.place, `"${child.name}" stands in the group "${name}", which can only have conditions`);
  if (children.length === 0) reading.warn(place, `the group "${name}" has no conditions, so it does nothing`);
  return { kind: 'group', name, conditions, place };
}
