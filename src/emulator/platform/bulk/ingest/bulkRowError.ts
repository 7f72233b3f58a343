import { refused, UnreadableValue } from '../../../orgRefusal.js';
import type { OrgRefusal } from '../../../orgRefusal.js';
import type { Column } from './uploadColumns.js';

/** Returns the `sf__Error` of a row: `REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --`. */
export function bulkRowError(error: OrgRefusal, cells: readonly string[], columns: readonly Column[]): string {
  const { errorCode, message, fields } = error instanceof UnreadableValue ? unreadable(error, cells, columns) : error;
  // A missing record is NOT_FOUND in an address, but an invalid reference in a row.
  if (errorCode === 'NOT_FOUND') return 'INVALID_CROSS_REFERENCE_KEY:invalid cross reference id:--';
  return `${errorCode}:${message}:${fields && fields.length > 0 ? `${fields.join(',')} ` : ''}--`;
}

const schemaTypes: Readonly<Record<string, string>> = {
  ...{ currency: 'double', percent: 'double', double: 'double', int: 'int', long: 'long', boolean: 'boolean' },
  ...{ date: 'date', datetime: 'dateTime', time: 'time' },
};

/** Where JSON resources report a parser error, result files name the XML Schema type, as seen in an org's files. */
function unreadable({ field }: UnreadableValue, cells: readonly string[], columns: readonly Column[]): OrgRefusal {
  const index = columns.findIndex((column) => column.field.name === field && !column.parent);
  const type = schemaTypes[columns[index]?.field.definition.type ?? ''] ?? 'string';
  const reason = `'${cells[index] ?? ''}' is not a valid value for the type xsd:${type}`;
  return refused('INVALID_FIELD', `Failed to deserialize field at col ${index}. Due to, ${reason}`, [field]);
}
