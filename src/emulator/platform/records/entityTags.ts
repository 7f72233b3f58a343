import { createHash } from 'node:crypto';
import type { SObjectRow } from '../../store/tables/table.js';

/** Names a state of a record: `"U5iWijwWbQD18jeiXwsqxeGpZQk="`, quotes included. */
export type EntityTag = string;

/** REST guide: only account records have entity tags. */
const tagged = 'Account';

export function entityTagOf(objectName: string, row: SObjectRow): EntityTag | undefined {
  if (objectName !== tagged) return undefined;
  return `"${createHash('sha1').update(JSON.stringify(row)).digest('base64')}"`;
}

/** What `If-Match` and `If-None-Match` list: tags, or `*` for any. @returns undefined for what is no such list */
export function readEntityTags(header: string): EntityTag[] | undefined {
  const tags = header.split(',').map((tag) => tag.trim());
  return tags.every((tag) => tag === '*' || /^(?:W\/)?"[^"]*"$/.test(tag)) ? tags : undefined;
}

/** An org appends `-gzip` to the tag of an answer that is zipped; the record is the same. */
export function matches(tags: readonly EntityTag[], tag: EntityTag): boolean {
  return tags.some((each) => each === '*' || each.replace(/^W\//, '').replace(/(?:-gzip)+"$/, '"') === tag);
}
