import { autoNumber, crud, nameField, owner } from '../../contract/fields.js';
import type { FieldDefinition, SObjectDefinition } from '../../contract/sobject.js';
import type { CustomField } from './customField.js';
import type { MetadataElement } from './metadataElement.js';

/** Custom objects exist in all versions that the local org serves. */
const since = 31;

/** Reads a custom object. A detail object has no owner, because its master's owner applies. */
export function readObject(
  { name, keyPrefix, object }: { name: string; keyPrefix: string; object: MetadataElement },
  fields: readonly CustomField[],
): SObjectDefinition {
  const label = object.requiredText('label');
  return {
    ...{ name, label, labelPlural: object.text('pluralLabel') ?? label, keyPrefix, since, ...crud },
    fields: {
      Name: nameOf(object),
      ...(!fields.some(({ isMasterDetail }) => isMasterDetail) && { OwnerId: owner() }),
      ...Object.fromEntries(fields.map((field) => [field.name, field.definition])),
    },
  };
}

/** Reads `<nameField>`: a text given by callers, or a number that the org assigns. */
function nameOf(object: MetadataElement): FieldDefinition {
  const element = object.child('nameField');
  if (!element) throw object.error('nameField', 'is missing');
  const label = element.text('label');
  const type = element.requiredText('type');
  const displayFormat = element.text('displayFormat');
  const labelled = label === undefined ? {} : { label };
  if (type === 'Text') return { ...nameField(80), ...labelled };
  if (type !== 'AutoNumber') throw element.error('type', `must be Text or AutoNumber, not "${type}"`);
  return { ...autoNumber(80), ...(displayFormat !== undefined && { displayFormat }), ...labelled };
}
