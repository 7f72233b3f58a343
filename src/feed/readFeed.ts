import { checkText, ReadingAborted } from './bytes/byteChunks.js';
import { checkColumns } from './mapping/checkColumns.js';
import { checkExpressions } from './mapping/checkExpressions.js';
import type { Feed, FeedPosition, FeedStretch, Growth, ReadOptions } from './feed.js';
import { FeedBytes } from './bytes/feedBytes.js';
import { checkJournal, compileJournal } from './mapping/journalFieldReaders.js';
import type { Mapping } from './mapping/mapping.js';
import { RowMapper } from './mapping/rowMapper.js';
import type { FeedRow } from './mapping/rowMapper.js';
import { RowEvaluator } from './expressions/rowEvaluator.js';
import type { NamedExpression } from './expressions/rowEvaluator.js';
import type { CompiledField } from './mapping/mappedFields.js';
import type { ByteSource } from './bytes/byteSource.js';
import { splitBytes } from './bytes/splitBytes.js';
import type { RowFormat } from './rowFormat.js';

/** Number of entries that are delivered together. */
const entriesAtOnce = 1000;

/** The feed that a source holds, read in a format. */
export function feedOf<Row extends FeedRow>(source: ByteSource, mapping: Mapping, format: RowFormat<Row>): Feed {
  return {
    name: source.name,
    growth: (from, signal) => growth(source, from, signal),
    repeats: mapping.repeats,
    computedFields: mapping.journal.flatMap(({ name, rule }) =>
      typeof rule === 'object' && 'expression' in rule ? [name] : [],
    ),
    check: (target) => checkJournal(mapping, target),
    read: (options) => untilAborted(read(source, mapping, format, options)),
  };
}

/** An abort is not an error: what has been read remains valid, and reading can continue after it. */
async function* untilAborted(stretches: AsyncIterable<FeedStretch>): AsyncGenerator<FeedStretch> {
  try {
    yield* stretches;
  } catch (error) {
    if (!(error instanceof ReadingAborted)) throw error;
  }
}

async function growth(source: ByteSource, from: FeedPosition, signal?: AbortSignal): Promise<Growth | undefined> {
  const bytes = new FeedBytes(source, from, signal);
  try {
    if (!(await bytes.hasMoreBehind(from.offset))) return undefined;
    const size = await source.size();
    return { bytes: size === undefined ? undefined : size - from.offset };
  } catch (error) {
    if (error instanceof ReadingAborted) return undefined;
    throw error;
  } finally {
    await bytes.close();
  }
}

async function* read<Row extends FeedRow>(
  source: ByteSource,
  mapping: Mapping,
  format: RowFormat<Row>,
  options: ReadOptions,
): AsyncGenerator<FeedStretch> {
  const { from, endedGroups, signal, target } = options;
  const journal = compileJournal(mapping, target);
  const expressions = expressionsOf(mapping, journal);
  using evaluator =
    expressions.length === 0 ? undefined : new RowEvaluator(expressions, options.expressionLimits, signal);
  const bytes = new FeedBytes(source, from, signal);
  try {
    const text = checkText(bytes, source.name);
    const split = splitBytes(text, from?.group.offset ?? 0);
    const { rows, hasHeader, ...table } = await format({ feed: source.name, mapping, bytes: split, from: from?.group });
    checkColumns(mapping, table.columns, source.name);
    if (hasHeader) checkExpressions({ ...mapping, rules: { journal: mapping.journal } }, table.columns, source.name);
    const rowsBefore = from?.group.rows ?? 0;
    const mapper = new RowMapper({ ...table, mapping, journal, feed: source.name, evaluator }, endedGroups, rowsBefore);
    yield* stretchesOf({ rows, mapper, bytes }, options);
  } catch (error) {
    // If this is another feed, it may have any error. The error to report is that it is another feed.
    await bytes.passFront();
    throw error;
  } finally {
    await bytes.close();
  }
}

/** Returns the expressions of a mapping in the order of evaluation. */
function expressionsOf({ skip }: Mapping, journal: readonly CompiledField[]): NamedExpression[] {
  const ofFields = journal.flatMap(({ name, expression }) => (expression ? [{ name, source: expression.source }] : []));
  return skip === undefined ? ofFields : [{ name: 'skip', source: skip }, ...ofFields];
}

/** The state of one reading. */
interface Reading<Row extends FeedRow> {
  readonly rows: AsyncIterable<Row[]>;
  readonly mapper: RowMapper<Row>;
  readonly bytes: FeedBytes;
}

async function* stretchesOf<Row extends FeedRow>(
  { rows, mapper, bytes }: Reading<Row>,
  { from, signal, limit = Infinity }: ReadOptions,
): AsyncGenerator<FeedStretch> {
  const last = (from?.rows ?? 0) + limit;
  let head = from?.head;
  for await (const block of rows) {
    for (let at = 0; at < block.length && mapper.rows < last;) {
      if (signal?.aborted) return;
      const slice = block.slice(at, at + Math.min(entriesAtOnce, last - mapper.rows));
      at += slice.length;
      // Rows before the position are read only for their counts.
      const known = bytes.check?.known(slice, mapper.rows) ?? 0;
      const all = await mapper.entries(slice);
      const entries = all.slice(known);
      const first = slice[0]?.next;
      const end = slice[all.length - 1]?.next;
      if (entries.length > 0 && first !== undefined && end !== undefined) {
        head ??= { offset: first.offset, sha256: bytes.digestAt(first.offset) };
        const position = { ...mapper.place(end), sha256: bytes.digestAt(end.offset), head };
        yield { entries, position, isOpen: bytes.endsOpenAt(end.offset) };
      }
      if (mapper.problem) throw mapper.problem;
    }
    if (mapper.rows >= last) return;
  }
}
