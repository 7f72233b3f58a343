import { createHash } from 'node:crypto';
import type { SObjectRow } from '../../store/tables/objectTable.js';

/** Identifies a state of a record: `"U5iWijwWbQD18jeiXwsqxeGpZQk="`, including the quotes. */
export type EntityTag = string;

/** Only account records have entity tags (REST guide). */
const tagged = 'Account';

export function entityTagOf(objectName: string, row: SObjectRow): EntityTag | undefined {
  if (objectName !== tagged) return undefined;
  return `"${createHash('sha1').update(JSON.stringify(row)).digest('base64')}"`;
}

/**
 * Reads the list in `If-Match` or `If-None-Match`: tags, or `*` for any tag.
 *
 * @returns undefined if the header is not such a list
 */
export function readEntityTags(header: string): EntityTag[] | undefined {
  const tags = header.split(',').map((tag) => tag.trim());
  return tags.every((tag) => tag === '*' || /^(?:W\/)?"[^"]*"$/.test(tag)) ? tags : undefined;
}

/** An org appends `-gzip` to the tag of a compressed answer, although the record is the same. */
export function matches(tags: readonly EntityTag[], tag: EntityTag): boolean {
  return tags.some((each) => each === '*' || each.replace(/^W\//, '').replace(/(?:-gzip)+"$/, '"') === tag);
}
