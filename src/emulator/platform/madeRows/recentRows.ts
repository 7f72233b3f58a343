import type { Org } from '../../org.js';
import type { Asker, MadeRow } from './madeRow.js';

/** A `RecentlyViewed` for each record that the calling user viewed last and that still exists. */
export function recentRows({ viewedRecords, store }: Org, { userId, version }: Asker): MadeRow[] {
  return viewedRecords.of(userId).flatMap(({ id, viewedAt, referencedAt }) => {
    const type = store.model.typeOfId(id);
    const row = type && type.definition.since <= version ? store.get(type.name, id) : undefined;
    if (!type || !row) return [];
    const texts = [type.nameField?.name ?? '', 'FirstName', 'LastName'].map((name) => row[name]);
    const [Name, FirstName, LastName] = texts.map((text) => (typeof text === 'string' ? text : null));
    return [
      {
        ...{ Id: id, Type: type.name, Name: Name ?? null, FirstName: FirstName ?? null, LastName: LastName ?? null },
        LastViewedDate: timeOf(viewedAt),
        LastReferencedDate: timeOf(referencedAt),
      },
    ];
  });
}

/** Stored times have no milliseconds. */
function timeOf(time: number | undefined): string | null {
  return time === undefined ? null : new Date(Math.floor(time / 1000) * 1000).toISOString();
}
