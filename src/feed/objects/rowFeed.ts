import type { Feed } from '../feed.js';
import type { Mapping } from '../mapping/mapping.js';
import type { FeedRow } from '../mapping/rowMapper.js';
import { objectTable } from '../ndjsonFeedFormat.js';
import { feedOf } from '../readFeed.js';
import type { FormattedBytes, OpenTable } from '../rowFormat.js';
import { noObjectOf } from './objectLine.js';
import { objectSource } from './objectSource.js';
import { onceReadable } from './onceReadable.js';
import type { GivenRows } from './readyRows.js';

/** What a feed from code needs, whatever its rows are. */
export interface GivenFeed {
  /** Stands in reports, and for the progress of the feed in its run. */
  readonly name: string;
  /**
   * Whether a resumed run can be given the same rows again from the first one on. False for rows that come once, such
   * as the messages of a queue: such a run cannot be resumed with this feed, and a new run recognizes what is known by
   * its keys. Default: true.
   */
  readonly resumable?: boolean | undefined;
}

export interface RowFeedOptions extends GivenFeed {
  readonly rows: GivenRows<object>;
  readonly mapping: Mapping;
}

/**
 * A feed of objects, such as the rows of a database cursor. They go through the mapping as lines of NDJSON do: a column
 * is a key of the object, or a path into the objects in it. A Date is an instant. A value that is no object is a
 * rejected row.
 *
 * Up to 1,000 rows are taken before they are stored. Where a row must be acknowledged after it is stored, push it.
 */
export function rowFeed({ name, rows, mapping, resumable }: RowFeedOptions): Feed {
  const feed = feedOf(objectSource(name, rows), mapping, objectFormat);
  return resumable === false ? onceReadable(feed) : feed;
}

async function objectFormat(given: FormattedBytes): Promise<OpenTable<FeedRow>> {
  const table = objectTable(given);
  return { ...table, unit: 'row', rows: explained(table.rows) };
}

async function* explained(blocks: AsyncIterable<FeedRow[]>): AsyncIterable<FeedRow[]> {
  for await (const block of blocks) yield block.map(explain);
}

function explain(row: FeedRow): FeedRow {
  if (row.issue?.code !== 'not-json') return row;
  const { detail, raw } = noObjectOf(row.raw());
  return { ...row, issue: { ...row.issue, detail }, raw: () => raw };
}
