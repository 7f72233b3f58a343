import type { FieldDefinition } from '../../contract/sobject.js';
import type { MetadataElement } from './metadataElement.js';

type Typed = Pick<FieldDefinition, 'length' | 'precision' | 'scale' | 'type' | 'unfilterable'>;

/** Maximum length of a formula's text. The file of a formula does not give it. */
const formulaLength = 1_300;

/**
 * `<type>` of a CustomField → the describe type and its size (Metadata API Developer Guide, "CustomField" and "Field
 * Types"). Picklists and references have more than a type and size, and are read elsewhere.
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
  // The type of a summary is that of the summarized field, which is not in the file.
  Summary: () => ({ type: 'double', precision: 18, scale: 2 }),
};

/** Returns undefined for a type that the local org does not have, such as Location. */
export function sizeOf(field: MetadataElement): Typed | undefined {
  const type = field.requiredText('type');
  return Object.hasOwn(fieldTypes, type) ? fieldTypes[type]?.(field) : undefined;
}

function lengthOf(field: MetadataElement, low: number, high: number): number {
  return field.text('formula') === undefined ? field.count('length', low, high) : formulaLength;
}

/** Long texts are not allowed in WHERE and ORDER BY. */
function longText(field: MetadataElement): Typed {
  return { type: 'textarea', length: field.count('length', 256, 131_072), unfilterable: true };
}

/** `<precision>` is the number of all digits, `<scale>` of those after the point. A formula has at most `<scale>`. */
function decimals(field: MetadataElement): { precision: number; scale: number } {
  const given = (name: string, low: number, otherwise: number): number =>
    field.text('formula') !== undefined && field.text(name) === undefined ? otherwise : field.count(name, low, 18);
  const precision = given('precision', 1, 18);
  const scale = given('scale', 0, 2);
  if (scale > precision)
    throw field.error('scale', `must not be greater than <precision> (${precision}), but is ${scale}`);
  return { precision, scale };
}
