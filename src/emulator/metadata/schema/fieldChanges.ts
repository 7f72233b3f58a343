import type { FieldDefinition } from '../../../contract/sobject.js';
import type { ModelField } from '../../store/model/objectModel.js';
import type { Store } from '../../store/store.js';

/** A field as the org has it, and as it will be. */
interface FieldChange {
  readonly object: string;
  readonly field: ModelField;
  readonly next: ModelField;
}

/** Returns why the values of records do not allow that a field changes. Values are never converted. */
export function problemOfValues(store: Store, change: FieldChange): string | undefined {
  const { object, field, next } = change;
  const [from, to] = [kindOf(field.definition), kindOf(next.definition)];
  if (from === to) return isNewlyUnique(change) ? problemOfRepeats(store, change) : undefined;
  const records = store.count(object) - store.count(object, { [field.name]: null });
  if (records === 0) return undefined;
  const types = `from ${typeText(field.definition, next.definition)} to ${typeText(next.definition, field.definition)}`;
  return `Cannot change the type of ${object}.${field.name} ${types}: ${records} records have a value`;
}

/** Fields of the same kind can have the same values. */
function kindOf({ type, calculated, referenceTo = [] }: FieldDefinition): string {
  if (calculated === true) return 'calculated';
  switch (type) {
    case 'double':
    case 'currency':
    case 'percent':
      return 'number';
    case 'int':
    case 'long':
      return 'whole number';
    case 'boolean':
    case 'date':
    case 'datetime':
    case 'time':
      return type;
    case 'reference':
      return `reference to ${referenceTo.join(', ').toLowerCase()}`;
    default:
      return 'text';
  }
}

/** Says more of a field than its type if the type of the other one is the same. */
function typeText(definition: FieldDefinition, other: FieldDefinition): string {
  const { type, calculated, referenceTo = [] } = definition;
  if (calculated === true) return 'a formula';
  return type === 'reference' && other.type === type ? `${type} (${referenceTo.join(', ')})` : type;
}

function isNewlyUnique({ field, next }: FieldChange): boolean {
  if (next.definition.unique !== true) return false;
  const isLooser = field.definition.caseSensitive === true && next.definition.caseSensitive !== true;
  return field.definition.unique !== true || isLooser;
}

function problemOfRepeats(store: Store, { object, field, next }: FieldChange): string | undefined {
  const isCaseSensitive = next.definition.caseSensitive === true;
  const seen = new Set<string>();
  for (const row of store.find(object, {})) {
    const value = row[field.name];
    if (value === null || value === undefined) continue;
    const key = isCaseSensitive ? String(value) : String(value).toLowerCase();
    if (seen.has(key)) return `Cannot make ${object}.${field.name} unique: several records have the value "${value}"`;
    seen.add(key);
  }
  return undefined;
}
