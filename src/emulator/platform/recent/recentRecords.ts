import type { Org } from '../../org.js';
import { fieldsNamed, recordOf } from '../records/recordEndpoints.js';
import type { SObjectType } from '../../store/model/objectModel.js';
import { viewedRows } from './viewedRows.js';

/**
 * The records that a user viewed last, as `{ attributes, Id, Name }`.
 *
 * @param only the object whose records are wanted. Default: all
 */
export function recentRecords(
  org: Pick<Org, 'store' | 'viewedRecords'>,
  userId: string,
  version: number,
  only?: SObjectType,
): Record<string, unknown>[] {
  const viewed = viewedRows(org, userId, version).filter(({ type }) => only === undefined || type === only);
  return viewed.map(({ type, row }) => {
    const fields = fieldsNamed(type, ['Id', ...(type.nameField ? [type.nameField.name] : [])], version);
    return recordOf(type, row, { fields, version });
  });
}
