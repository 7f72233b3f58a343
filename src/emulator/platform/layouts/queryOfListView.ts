import type { Store } from '../../store/store.js';
import { isMadeId } from './madeIds.js';
import { listViewQuery } from './listViewColumns.js';

/** Returns the query of the list view with the id; undefined if no object has such a view. */
export function queryOfListView({ model }: Store, id: string, version: number): string | undefined {
  const type = model.types.find((each) => isMadeId('listView', each, id));
  return type && listViewQuery(type, version);
}
