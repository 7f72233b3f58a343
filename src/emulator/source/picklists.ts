import type { FieldDefinition } from '../../contract/sobject.js';
import type { MetadataElement } from './metadataElement.js';

/** Value sets that several fields can share, by name. */
export type GlobalValueSets = ReadonlyMap<string, readonly PicklistValue[]>;

export interface PicklistValue {
  readonly name: string;
  readonly label: string;
  readonly isDefault: boolean;
}

type Picklist = Pick<FieldDefinition, 'defaultValue' | 'length' | 'restricted' | 'type' | 'valueLabels' | 'values'>;

/** @param warn called if the value set is not in the folder */
export function picklistOf(
  field: MetadataElement,
  globalValueSets: GlobalValueSets,
  warn: (warning: Error) => void,
): Picklist {
  const isMultiselect = field.requiredText('type') === 'MultiselectPicklist';
  const valueSet = field.child('valueSet');
  if (!valueSet) throw field.error('valueSet', 'is missing');
  const name = valueSet.text('valueSetName');
  const values = name === undefined ? ownValues(field, valueSet) : globalValueSets.get(name);
  if (!values) warn(field.error('valueSet', `refers to ${name}, which is not in the folder, so any value is accepted`));
  const defaultValue = values?.find(({ isDefault }) => isDefault)?.name;
  return {
    type: isMultiselect ? 'multipicklist' : 'picklist',
    length: isMultiselect ? 4_099 : 255,
    values: values?.map((each) => each.name) ?? [],
    ...labelsOf(values ?? []),
    ...(defaultValue !== undefined && { defaultValue }),
    // A field with a global value set is always restricted.
    ...(values && (valueSet.flag('restricted') || name !== undefined) && { restricted: true }),
  };
}

/** Reads the active values. Inactive ones can no longer be chosen. */
export function picklistValues(elements: readonly MetadataElement[]): PicklistValue[] {
  return elements
    .filter((value) => value.text('isActive') === undefined || value.flag('isActive'))
    .map((value) => {
      const name = value.requiredText('fullName');
      return { name, label: value.text('label') ?? name, isDefault: value.flag('default') };
    });
}

function labelsOf(values: readonly PicklistValue[]): Pick<Picklist, 'valueLabels'> {
  const labelled = values.filter(({ name, label }) => label !== name).map(({ name, label }) => [name, label] as const);
  return labelled.length === 0 ? {} : { valueLabels: Object.fromEntries(labelled) };
}

function ownValues(field: MetadataElement, valueSet: MetadataElement): PicklistValue[] {
  const definition = valueSet.child('valueSetDefinition');
  if (!definition) throw field.error('valueSet', 'has neither <valueSetDefinition> nor <valueSetName>');
  return picklistValues(definition.children('value'));
}
