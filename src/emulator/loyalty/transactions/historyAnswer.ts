import type { HistoryRow } from '../../../contract/endpoints/transactionEndpoints.js';
import type { FieldDefinition } from '../../../contract/sobject.js';
import type { Store } from '../../store/store.js';
import { systemFields } from '../../store/model/systemFields.js';
import type { FieldValue } from '../../store/tables/objectTable.js';
import type { NamedJournal } from './memberJournals.js';

/** Not in the guide's sample, like the fields of the system. */
const leftOut = new Set([...Object.keys(systemFields), 'Name', 'Status']);

/** The fields of the journal, by their API names. */
export function historyRow(store: Store, { journal }: NamedJournal): HistoryRow {
  const { fields } = store.type('TransactionJournal');
  return Object.fromEntries(
    fields
      .filter(({ name }) => !leftOut.has(name))
      .map(({ name, definition }) => [name, journal[name] ?? emptyValue(definition)]),
  );
}

const numbers = new Set<FieldDefinition['type']>(['currency', 'double', 'int', 'percent']);

function emptyValue({ type }: FieldDefinition): FieldValue {
  if (type === 'boolean') return false;
  return numbers.has(type) ? 0 : '';
}
