import type { Org } from '../../org.js';
import { viewedRows } from '../recent/viewedRows.js';
import type { Asker, MadeRow } from './madeRow.js';
import { storedTime } from './storedTime.js';

/** A `RecentlyViewed` for each record that the calling user viewed last and that still exists. */
export function recentRows(org: Org, { userId, version }: Asker): MadeRow[] {
  return viewedRows(org, userId, version).map(({ id, viewedAt, referencedAt, type, row }) => {
    const texts = [type.nameField?.name ?? '', 'FirstName', 'LastName'].map((name) => row[name]);
    const [Name, FirstName, LastName] = texts.map((text) => (typeof text === 'string' ? text : null));
    return {
      ...{ Id: id, Type: type.name, Name: Name ?? null, FirstName: FirstName ?? null, LastName: LastName ?? null },
      LastViewedDate: timeOf(viewedAt),
      LastReferencedDate: timeOf(referencedAt),
    };
  });
}

function timeOf(time: number | undefined): string | null {
  return time === undefined ? null : storedTime(time);
}
