import type { Org } from '../../org.js';
import { fieldsNamed, recordOf } from '../records/recordEndpoints.js';
import type { SObjectType } from '../../store/model/objectModel.js';

/**
 * The records that a user viewed last, as `{ attributes, Id, Name }`. Deleted ones are left out.
 *
 * @param only the object whose records are wanted. Default: all
 */
export function recentRecords(
  { viewedRecords, store }: Pick<Org, 'store' | 'viewedRecords'>,
  userId: string,
  version: number,
  only?: SObjectType,
): Record<string, unknown>[] {
  return viewedRecords.of(userId).flatMap(({ id }) => {
    const type = store.model.typeOfId(id);
    if (!type || type.definition.since > version || (only && type !== only)) return [];
    const row = store.get(type.name, id);
    if (!row) return [];
    const fields = fieldsNamed(type, ['Id', ...(type.nameField ? [type.nameField.name] : [])], version);
    return [recordOf(type, row, { fields, version })];
  });
}
