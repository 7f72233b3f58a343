import type { SObjectType } from '../../store/model/objectModel.js';
import type { Store } from '../../store/store.js';
import type { GivenValues } from '../../store/values/validateRow.js';
import { completeFile } from './completeFile.js';

interface Writing {
  readonly given: GivenValues;
  readonly userId: string;
}

/**
 * Inserts a record, with all that comes with a file. Call it in a transaction.
 *
 * @returns the id of the record
 * @throws {OrgRefusal} when the store refuses it
 */
export function insertRecord(store: Store, type: SObjectType, { given, userId }: Writing): string {
  const id = store.insert(type.name, given, { userId });
  completeFile(store, type, id, userId);
  return id;
}

/** Updates a record, with all that comes with a file. Call it in a transaction. @throws {OrgRefusal} */
export function updateRecord(store: Store, type: SObjectType, id: string, { given, userId }: Writing): void {
  store.update(type.name, id, given, { userId });
  completeFile(store, type, id, userId);
}
