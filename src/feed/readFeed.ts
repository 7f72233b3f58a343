import { defaultRowLimits } from '../base/rowBytes.js';
import { checkText } from './bytes/byteChunks.js';
import { checkColumns } from './mapping/checkColumns.js';
import { checkExpressions } from './mapping/checkExpressions.js';
import type { Feed, FeedPosition, FeedStretch } from './feed.js';
import { byteReadOptions, growthOf, stretchesOf, untilAborted } from './feedReading.js';
import type { ByteReadOptions } from './feedReading.js';
import { GroupMapper } from './groups/groupMapper.js';
import { groupsOf } from './groups/groupStage.js';
import type { LiveFeed } from './groups/groupStage.js';
import { groupLimits, LineGroups } from './groups/lineGroups.js';
import { LineReader } from './groups/lineReader.js';
import { FeedBytes } from './bytes/feedBytes.js';
import { compileJournals } from './mapping/journalFieldReaders.js';
import { mappedFeed } from './mapping/mappedFeed.js';
import { groupNames } from './mapping/mappedGroup.js';
import type { Mapping } from './mapping/mapping.js';
import { usedMapping } from './mapping/usedMapping.js';
import { compileEnrollment } from './members/compileEnrollment.js';
import { rowExpressions } from './mapping/rowExpressions.js';
import { RowJournals } from './mapping/rowJournals.js';
import { needsKeyCounts } from './keys/rejectedKeys.js';
import { TemporaryKeyCounts } from './keys/temporaryKeyCounts.js';
import { RowMapper } from './mapping/rowMapper.js';
import type { FeedRow } from './mapping/rowMapper.js';
import type { ByteSource } from './bytes/byteSource.js';
import { splitBytes } from './bytes/splitBytes.js';
import type { RowFormat } from './rowFormat.js';

/**
 * The feed that a source holds, read in a format.
 * @param live given if rows may be appended while it is read
 */
export function feedOf<Row extends FeedRow>(
  source: ByteSource,
  mapping: Mapping,
  format: RowFormat<Row>,
  live?: LiveFeed,
): Feed {
  const feed = { source, mapping, format, live };
  return {
    name: source.name,
    growth: (from, signal) => growthOf(source, from, signal),
    ...mappedFeed(mapping),
    canBeReadAgain: source.isFile === true && !live && isCheapToRead(mapping),
    read: (options) => untilAborted(read(feed, byteReadOptions(source, options))),
  };
}

function isCheapToRead(mapping: Mapping): boolean {
  const isPlain = mapping.group === undefined && mapping.journals.every(({ each }) => each === undefined);
  return isPlain && rowExpressions(mapping).length === 0 && !needsKeyCounts(mapping);
}

interface OpenedFeed<Row extends FeedRow> {
  readonly source: ByteSource;
  readonly mapping: Mapping;
  readonly format: RowFormat<Row>;
  readonly live: LiveFeed | undefined;
}

async function* read<Row extends FeedRow>(
  { source, mapping: given, format, live }: OpenedFeed<Row>,
  options: ByteReadOptions,
): AsyncGenerator<FeedStretch> {
  const { from, signal, target } = options;
  const mapping = usedMapping(given, target);
  const enrollment = target && compileEnrollment(mapping, target);
  const evaluation = { limits: options.expressionLimits, signal };
  // The expressions of a group see all of its lines; those of its lines are evaluated before.
  const ofJournals = mapping.group === undefined ? mapping : { ...mapping, skip: undefined, computed: [] };
  using journals = new RowJournals(ofJournals, compileJournals(mapping, target), evaluation);
  using ownCounts = needsKeyCounts(mapping) && !options.keyCounts ? countsFromStart(from) : undefined;
  const bytes = new FeedBytes(source, from, signal, mapping.group && bytesOfOpenGroup);
  try {
    const text = checkText(bytes, source.name);
    const split = splitBytes(text, from?.group.offset ?? 0);
    const { rows, hasHeader, ...table } = await format({ feed: source.name, mapping, bytes: split, from: from?.group });
    checkColumns(mapping, table.columns, source.name);
    if (hasHeader) checkHeader(mapping, table.columns, source.name);
    const rowsBefore = from?.group.rows ?? 0;
    const { endedGroups, keyCounts = ownCounts } = options;
    const earlier = { endedGroups, keyCounts, countedRows: from?.rows ?? 0 };
    const whole = { ...table, mapping, journals, enrollment, feed: source.name };
    if (mapping.group === undefined) {
      yield* stretchesOf({ rows, mapper: new RowMapper(whole, earlier, rowsBefore), bytes }, options);
      return;
    }
    using reader = new LineReader(whole, rowsBefore, evaluation);
    const groups = new LineGroups<Row>(source.name, mapping.group.columns, from);
    const stage = { feed: source.name, mapping, reader, groups, live, onOpenGroup: options.onOpenGroup };
    const mapper = new GroupMapper(whole, earlier, rowsBefore);
    yield* stretchesOf({ rows: groupsOf(rows, stage), mapper, bytes }, options);
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
  if (mapping.group === undefined) {
    checkExpressions({ ...mapping, expressions: rowExpressions(mapping) }, columns, feed);
    return;
  }
  checkExpressions(
    { ...mapping, expressions: rowExpressions({ ...mapping, enroll: undefined, journals: [] }) },
    columns,
    feed,
  );
  const ofGroups = rowExpressions({ ...mapping, skip: undefined, computed: [] });
  checkExpressions({ ...mapping, expressions: ofGroups }, [...columns, ...groupNames], feed);
}

/** A digest can be asked for at the end of a group, until the rows behind it show that it is complete. */
const bytesOfOpenGroup = groupLimits.bytes + 2 * defaultRowLimits.maxBytes;

function countsFromStart(from: FeedPosition | undefined): TemporaryKeyCounts {
  if (from === undefined) return new TemporaryKeyCounts();
  throw new Error('Reading on from a position needs the keyCounts of that position.');
}
