import { checkText } from './bytes/byteChunks.js';
import { checkColumns } from './mapping/checkColumns.js';
import { checkExpressions } from './mapping/checkExpressions.js';
import type { Feed, FeedPosition, FeedStretch, ReadOptions } from './feed.js';
import { growthOf, stretchesOf, untilAborted } from './feedReading.js';
import { FeedBytes } from './bytes/feedBytes.js';
import { checkJournal, compileJournal } from './mapping/journalFieldReaders.js';
import type { Mapping } from './mapping/mapping.js';
import { TemporaryKeyCounts } from './keys/temporaryKeyCounts.js';
import { RowMapper } from './mapping/rowMapper.js';
import type { FeedRow } from './mapping/rowMapper.js';
import { RowEvaluator } from './expressions/rowEvaluator.js';
import type { NamedExpression } from './expressions/rowEvaluator.js';
import type { CompiledField } from './mapping/mappedFields.js';
import type { ByteSource } from './bytes/byteSource.js';
import { splitBytes } from './bytes/splitBytes.js';
import type { RowFormat } from './rowFormat.js';

/** The feed that a source holds, read in a format. */
export function feedOf<Row extends FeedRow>(source: ByteSource, mapping: Mapping, format: RowFormat<Row>): Feed {
  return {
    name: source.name,
    growth: (from, signal) => growthOf(source, from, signal),
    repeats: mapping.repeats,
    computedFields: mapping.journal.flatMap(({ name, rule }) =>
      typeof rule === 'object' && 'expression' in rule ? [name] : [],
    ),
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
  const journal = compileJournal(mapping, target);
  const expressions = expressionsOf(mapping, journal);
  using evaluator =
    expressions.length === 0 ? undefined : new RowEvaluator(expressions, options.expressionLimits, signal);
  using ownCounts = mapping.key.occurrenceWithinFeed && !options.keyCounts ? countsFromStart(from) : undefined;
  const bytes = new FeedBytes(source, from, signal);
  try {
    const text = checkText(bytes, source.name);
    const split = splitBytes(text, from?.group.offset ?? 0);
    const { rows, hasHeader, ...table } = await format({ feed: source.name, mapping, bytes: split, from: from?.group });
    checkColumns(mapping, table.columns, source.name);
    if (hasHeader) checkExpressions({ ...mapping, rules: { journal: mapping.journal } }, table.columns, source.name);
    const rowsBefore = from?.group.rows ?? 0;
    const { endedGroups, keyCounts = ownCounts } = options;
    const earlier = { endedGroups, keyCounts, countedRows: from?.rows ?? 0 };
    const mapper = new RowMapper({ ...table, mapping, journal, feed: source.name, evaluator }, earlier, rowsBefore);
    yield* stretchesOf({ rows, mapper, bytes }, options);
  } catch (error) {
    // If this is another feed, it may have any error. The error to report is that it is another feed.
    await bytes.passFront();
    throw error;
  } finally {
    await bytes.close();
  }
}

function countsFromStart(from: FeedPosition | undefined): TemporaryKeyCounts {
  if (from === undefined) return new TemporaryKeyCounts();
  throw new Error('Reading on from a position needs the keyCounts of that position.');
}

/** Returns the expressions of a mapping in the order of evaluation. */
export function expressionsOf({ skip, computed }: Mapping, journal: readonly CompiledField[]): NamedExpression[] {
  return [
    ...(skip === undefined ? [] : [{ name: 'skip', source: skip }]),
    ...computed.map(({ path, expression }) => ({ name: String(path[0]), source: expression })),
    ...journal.flatMap(({ name, expression }) => (expression ? [{ name, source: expression.source }] : [])),
  ];
}
