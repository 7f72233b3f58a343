import { checkText } from './bytes/byteChunks.js';
import { checkColumns } from './mapping/checkColumns.js';
import { checkExpressions } from './mapping/checkExpressions.js';
import type { Feed, FeedPosition, FeedStretch, ReadOptions } from './feed.js';
import { growthOf, stretchesOf, untilAborted } from './feedReading.js';
import { FeedBytes } from './bytes/feedBytes.js';
import { checkJournal, compileJournals } from './mapping/journalFieldReaders.js';
import { expressionsOfJournal } from './mapping/mappedJournals.js';
import type { MappedJournal } from './mapping/mappedJournals.js';
import type { Mapping } from './mapping/mapping.js';
import { rowExpressions } from './mapping/rowExpressions.js';
import { RowJournals } from './mapping/rowJournals.js';
import { TemporaryKeyCounts } from './keys/temporaryKeyCounts.js';
import { RowMapper } from './mapping/rowMapper.js';
import type { FeedRow } from './mapping/rowMapper.js';
import type { ByteSource } from './bytes/byteSource.js';
import { splitBytes } from './bytes/splitBytes.js';
import type { RowFormat } from './rowFormat.js';

/** The feed that a source holds, read in a format. */
export function feedOf<Row extends FeedRow>(source: ByteSource, mapping: Mapping, format: RowFormat<Row>): Feed {
  return {
    name: source.name,
    growth: (from, signal) => growthOf(source, from, signal),
    repeats: mapping.repeats,
    computedFields: [...new Set(mapping.journals.flatMap(computedFieldsOf))],
    check: (target) => checkJournal(mapping, target),
    read: (options) => untilAborted(read(source, mapping, format, options)),
  };
}

async function* read<Row extends FeedRow>(
  source: ByteSource,
  mapping: Mapping,
  format: RowFormat<Row>,
  options: ReadOptions,
): AsyncGenerator<FeedStretch> {
  const { from, signal, target } = options;
  using journals = new RowJournals(mapping, compileJournals(mapping, target), {
    limits: options.expressionLimits,
    signal,
  });
  using ownCounts = mapping.key.occurrenceWithinFeed && !options.keyCounts ? countsFromStart(from) : undefined;
  const bytes = new FeedBytes(source, from, signal);
  try {
    const text = checkText(bytes, source.name);
    const split = splitBytes(text, from?.group.offset ?? 0);
    const { rows, hasHeader, ...table } = await format({ feed: source.name, mapping, bytes: split, from: from?.group });
    checkColumns(mapping, table.columns, source.name);
    if (hasHeader) checkHeader(mapping, table.columns, source.name);
    const rowsBefore = from?.group.rows ?? 0;
    const { endedGroups, keyCounts = ownCounts } = options;
    const earlier = { endedGroups, keyCounts, countedRows: from?.rows ?? 0 };
    const mapper = new RowMapper({ ...table, mapping, journals, feed: source.name }, earlier, rowsBefore);
    yield* stretchesOf({ rows, mapper, bytes }, options);
  } catch (error) {
    // If this is another feed, it may have any error. The error to report is that it is another feed.
    await bytes.passFront();
    throw error;
  } finally {
    await bytes.close();
  }
}

/** @throws {FeedError} if the rows of a feed with a header do not have what the mapping needs */
function checkHeader(mapping: Mapping, columns: readonly string[], feed: string): void {
  const list = mapping.journals.find(({ each }) => each !== undefined);
  if (list !== undefined)
    throw mapping.place.error(
      [...list.path, 'each'],
      `names the list ${list.each}, but a row of ${feed} has cells, not lists`,
      'Give each cell a journal of its own, with `when`.',
    );
  checkExpressions({ ...mapping, expressions: rowExpressions(mapping) }, columns, feed);
}

function computedFieldsOf(journal: MappedJournal): string[] {
  return expressionsOfJournal(journal).flatMap(({ name }) => (name === 'when' ? [] : name));
}

function countsFromStart(from: FeedPosition | undefined): TemporaryKeyCounts {
  if (from === undefined) return new TemporaryKeyCounts();
  throw new Error('Reading on from a position needs the keyCounts of that position.');
}
