import type { LoyaltyAction } from '../../../contract/action.js';
import type { Parameters } from '../../../contract/parameter.js';

/** An element of the list of actions. @param path of the list */
export function listedAction(
  { name, label }: Pick<LoyaltyAction, 'name' | 'label'>,
  path: string,
): Record<string, string> {
  return { label, name, type: name.toUpperCase(), url: `${path.replace(/\/$/, '')}/${name}` };
}

/** The answer of a describe call. */
export function describedAction({
  name,
  label,
  inputs,
  outputs,
}: Pick<LoyaltyAction, 'name' | 'label' | 'inputs' | 'outputs'>): Record<string, unknown> {
  return {
    description: label,
    inputs: described(inputs).map(({ required, ...each }) => ({ ...each, byteLength: 0, required })),
    label,
    name,
    outputs: described(outputs).map(({ required: _, ...each }) => each),
    standard: true,
    targetEntityName: null,
    type: name.toUpperCase(),
  };
}

function described(parameters: Parameters) {
  return Object.entries(parameters).map(([name, { type, required }]) => ({
    description: null,
    label: name,
    maxOccurs: 1,
    name,
    picklistValues: null,
    required,
    sobjectType: null,
    type,
  }));
}
