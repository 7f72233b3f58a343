import type { FieldDefinition } from '../../contract/sobject.js';
import type { MetadataElement } from './metadataElement.js';

type Typed = Pick<FieldDefinition, 'length' | 'precision' | 'scale' | 'type' | 'unfilterable'>;

/** Longest text that a formula may yield: a formula's file gives no length. */
const formulaLength = 1_300;

/**
 * `<type>` of a CustomField → the describe type, and its size. Metadata API Developer Guide, "CustomField" and "Field
 * Types". Picklists and references say more than a type and are not here.
 */
const fieldTypes: Readonly<Record<string, (field: MetadataElement) => Typed>> = {
  Text: (field) => ({ type: 'string', length: lengthOf(field, 1, 255) }),
  EncryptedText: (field) => ({ type: 'string', length: lengthOf(field, 1, 175), unfilterable: true }),
  TextArea: () => ({ type: 'textarea', length: 255 }),
  LongTextArea: longText,
  Html: longText,
  Number: (field) => ({ type: 'double', ...decimals(field) }),
  Currency: (field) => ({ type: 'currency', ...decimals(field) }),
  Percent: (field) => ({ type: 'percent', ...decimals(field) }),
  Checkbox: () => ({ type: 'boolean' }),
  Date: () => ({ type: 'date' }),
  DateTime: () => ({ type: 'datetime' }),
  Time: () => ({ type: 'time' }),
  Email: () => ({ type: 'email', length: 80 }),
  Phone: () => ({ type: 'phone', length: 40 }),
  Url: () => ({ type: 'url', length: 255 }),
  AutoNumber: () => ({ type: 'string', length: 30 }),
  // Without its own type: that of what it sums up is not in the file.
  Summary: () => ({ type: 'double', precision: 18, scale: 2 }),
};

/** Undefined for a type that the local org does not have, such as Location. */
export function sizeOf(field: MetadataElement): Typed | undefined {
  const type = field.requiredText('type');
  return Object.hasOwn(fieldTypes, type) ? fieldTypes[type]?.(field) : undefined;
}

function lengthOf(field: MetadataElement, low: number, high: number): number {
  return field.text('formula') === undefined ? field.count('length', low, high) : formulaLength;
}

/** Neither WHERE nor ORDER BY takes these. */
function longText(field: MetadataElement): Typed {
  return { type: 'textarea', length: field.count('length', 256, 131_072), unfilterable: true };
}

/** `<precision>` is the digits in all, `<scale>` those after the point. A formula gives only the latter, if any. */
function decimals(field: MetadataElement): { precision: number; scale: number } {
  const given = (name: string, low: number, otherwise: number): number =>
    field.text('formula') !== undefined && field.text(name) === undefined ? otherwise : field.count(name, low, 18);
  const precision = given('precision', 1, 18);
  const scale = given('scale', 0, 2);
  if (scale > precision) throw field.error('scale', `must not be above <precision> (${precision}), but is ${scale}`);
  return { precision, scale };
}
