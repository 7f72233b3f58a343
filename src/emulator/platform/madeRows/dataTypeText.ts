import type { ModelField } from '../../store/model/objectModel.js';

const usualPrecision = 18;
const digitsOfInt = 9;

/** The type of a field as Setup shows it: `Text(255)`, `Number(16, 2)`, `Lookup(User)`. */
export function dataTypeOf({ definition }: ModelField): string {
  const { type, length = 0, precision = usualPrecision, scale = 0, referenceTo = [], masterDetail } = definition;
  if (definition.autoNumber) return 'Auto Number';
  const number = `(${precision - scale}, ${scale})`;
  switch (type) {
    case 'string':
      return `Text(${length})`;
    case 'textarea':
      return length > 255 ? `Long Text Area(${length})` : `Text Area(${length})`;
    case 'int':
    case 'long':
      return `Number(${definition.digits ?? digitsOfInt}, 0)`;
    case 'double':
      return `Number${number}`;
    case 'currency':
      return `Currency${number}`;
    case 'percent':
      return `Percent${number}`;
    case 'reference':
      return `${masterDetail ? 'Master-Detail' : 'Lookup'}(${referenceTo.join(',')})`;
    default:
      return plainTypes[type];
  }
}

const plainTypes = {
  id: 'Lookup()',
  boolean: 'Checkbox',
  date: 'Date',
  datetime: 'Date/Time',
  time: 'Time',
  picklist: 'Picklist',
  multipicklist: 'Picklist (Multi-Select)',
  email: 'Email',
  phone: 'Phone',
  url: 'URL(255)',
  address: 'Address',
  base64: 'Base64',
} as const;
