import type { Org } from '../../org.js';
import type { SObjectType } from '../../store/model/objectModel.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import type { ViewedRecord } from './viewedRecords.js';

interface ViewedRow extends ViewedRecord {
  readonly type: SObjectType;
  readonly row: SObjectRow;
}

/** The rows that a user viewed last, the latest first. Those that are deleted, or of a later API version, are left out. */
export function viewedRows(
  { viewedRecords, store }: Pick<Org, 'store' | 'viewedRecords'>,
  userId: string,
  version: number,
): ViewedRow[] {
  return viewedRecords.of(userId).flatMap((viewed) => {
    const type = store.model.typeOfId(viewed.id);
    const row = type && type.definition.since <= version ? store.get(type.name, viewed.id) : undefined;
    return type && row ? [{ ...viewed, type, row }] : [];
  });
}
