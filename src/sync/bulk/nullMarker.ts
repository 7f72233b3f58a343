import { refusedItem } from '../routes/recordWriter.js';
import type { WrittenRecords } from '../routes/recordWriter.js';

/** Bulk API 2.0 Developer Guide: a cell with this text stands for no value, however it is quoted. */
const nullMarker = '#N/A';

/** Refuses records with a text that the org would store as no value. */
export function refuseNullMarkers({ records, unwritten }: WrittenRecords): WrittenRecords {
  const marked = records.flatMap(({ item, fields }) => {
    const [field] = Object.entries(fields).find(([, value]) => value === nullMarker) ?? [];
    const message = `Bulk API 2.0 takes the text ${nullMarker} in ${field} for no value. Send it by another route.`;
    return field === undefined ? [] : [refusedItem(item, { code: 'NULL_MARKER', message })];
  });
  const refused = new Set(marked.map(({ item }) => item.seq));
  return { records: records.filter(({ item }) => !refused.has(item.seq)), unwritten: [...unwritten, ...marked] };
}
