import type { FeedStretch, ReadOptions } from '../feed.js';
import { compileJournals } from '../mapping/journalFieldReaders.js';
import { RowJournals } from '../mapping/rowJournals.js';
import { RowMapper } from '../mapping/rowMapper.js';
import { usedMapping } from '../mapping/usedMapping.js';
import { compileEnrollment } from '../members/compileEnrollment.js';
import { rowJson } from '../ndjsonFeedFormat.js';
import { DatabaseSession } from './databaseSession.js';
import type { OpenedDatabase } from './inspectDatabase.js';
import { OrderedRows } from './orderedRows.js';
import type { Place } from './orderedRows.js';
import type { SettlingOptions } from './settledRows.js';
import { forAWhile, tablePages, writerPatience } from './tablePages.js';
import type { TableWatch } from './tablePages.js';
import { orderDigest, tablePositionIn } from './tablePosition.js';
import { mustHaveColumns, tableRow } from './tableRow.js';

/** How a table is watched. */
export interface WatchOfTable extends TableWatch {
  readonly goesOn: SettlingOptions['goesOn'];
}

/**
 * Yields the rows of a table as entries, each page as a stretch.
 * @throws {FeedError} if the database fails, or `from` was taken in another table or order
 */
export async function* readDatabase(
  { name, read, table, mapping: given, pageRows, patience, clock }: OpenedDatabase,
  options: ReadOptions,
  watch: WatchOfTable | undefined,
): AsyncGenerator<FeedStretch> {
  const { signal, target, limit = Infinity, endedGroups } = options;
  const from = tablePositionIn(name, given.database, options.from);
  const mapping = usedMapping(given, target);
  const columns = [...new Set(mapping.columns.map(({ column }) => column))];
  using journals = new RowJournals(mapping, compileJournals(mapping, target), {
    limits: options.expressionLimits,
    signal,
  });
  const enrollment = target && compileEnrollment(mapping, target);
  const parts = { mapping, journals, enrollment, feed: name, columns, unit: 'row', json: rowJson } as const;
  const whole = { ...parts, isVoid: () => false, wholeText: () => undefined };
  const mapper = new RowMapper(whole, { endedGroups, countedRows: 0 }, from?.rows ?? 0);
  const last = mapper.rows + limit;
  await using session = new DatabaseSession(read, { clock, patience, signal });
  const rows = new OrderedRows(table);
  if (from) await tellOfOldRows(from.after, { name, session, rows, onNote: options.onNote });
  const settling = {
    clock,
    signal,
    lag: table.lag,
    goesOn: watch?.goesOn ?? forAWhile(clock, writerPatience(patience)),
  };
  const pages = { ...settling, feed: name, session, rows, pageRows, onRowsLeft: options.onRowsLeft, watch };
  for await (const page of tablePages(from?.after, pages)) {
    const some = page.slice(0, last - mapper.rows);
    const feedRows = some.map((row, index) => tableRow(row, mapper.rows + index + 1, { table, columns }));
    mustHaveColumns(feedRows[0], table, name);
    const entries = await mapper.entries(feedRows);
    const after = some[entries.length - 1]?.place;
    const position = after && { rows: mapper.rows, after, of: orderDigest(given.database) };
    if (position) yield { entries, position };
    if (mapper.problem) throw mapper.problem;
    if (mapper.rows >= last) return;
  }
}

interface OldRows extends Pick<ReadOptions, 'onNote'> {
  readonly name: string;
  readonly session: DatabaseSession;
  readonly rows: OrderedRows;
}

/** A table that was emptied, and counts from the beginning again, has new rows in front of the place. */
async function tellOfOldRows(place: Place, { name, session, rows, onNote }: OldRows): Promise<void> {
  if (!(await session.reading((select) => rows.endsBefore(select, place)))) return;
  const message =
    `All rows that ${name} has are in front of (${place.join(', ')}), up to which it was read before, so nothing was ` +
    'read. If its rows are numbered from the beginning again, "sync start --read-all" reads them.';
  onNote?.({ code: 'rows-in-front', message });
}
