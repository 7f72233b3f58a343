import type { Mark } from '../base/rowBytes.js';
import { checkText, ReadingAborted } from './bytes/byteChunks.js';
import { checkColumns } from './mapping/checkColumns.js';
import { checkExpressions } from './mapping/checkExpressions.js';
import type { Feed, FeedPosition, FeedStretch, Growth, ReadOptions } from './feed.js';
import { FeedBytes } from './bytes/feedBytes.js';
import { checkJournal, compileJournal } from './mapping/journalFieldReaders.js';
import type { Mapping } from './mapping/mapping.js';
import { RowMapper } from './mapping/rowMapper.js';
import type { FeedRow, FeedTable } from './mapping/rowMapper.js';
import { RowEvaluator } from './expressions/rowEvaluator.js';
import type { NamedExpression } from './expressions/rowEvaluator.js';
import type { CompiledField } from './mapping/mappedFields.js';
import type { ByteSource } from './bytes/byteSource.js';
import type { SplitBytes } from './bytes/splitBytes.js';
import { splitBytes } from './bytes/splitBytes.js';

/** Turns chunks into rows. */
export interface RowReader<Row extends FeedRow> {
  push(chunk: Uint8Array): Row[];
  end(): Row[];
}

/** The rows of a source from a place on, and what its columns are. */
export interface OpenTable<Row extends FeedRow> extends Pick<
  FeedTable<Row>,
  'columns' | 'isVoid' | 'json' | 'wholeText'
> {
  readonly rows: AsyncIterable<Row[]>;
  /** Whether the columns are all that a row can have. */
  readonly hasHeader: boolean;
}

/**
 * A format of files: knows where its columns are named, and what a row is. `from` is where the rows begin that are
 * wanted, and where the bytes are split; undefined for all of them.
 */
export type OpenFormat<Row extends FeedRow> = (bytes: SplitBytes, from: Mark | undefined) => Promise<OpenTable<Row>>;

/** Entries that are delivered at once. */
const entriesAtOnce = 1000;

export function feedOf<Row extends FeedRow>(source: ByteSource, mapping: Mapping, open: OpenFormat<Row>): Feed {
  return {
    name: source.name,
    growth: (from, signal) => growth(source, from, signal),
    repeats: mapping.repeats,
    computedFields: mapping.journal.flatMap(({ name, rule }) =>
      typeof rule === 'object' && 'expression' in rule ? [name] : [],
    ),
    check: (target) => checkJournal(mapping, target),
    read: (options) => untilAborted(read(source, mapping, open, options)),
  };
}

/** An abort is no failure: what has been read stands, and reading can go on behind it. */
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
  open: OpenFormat<Row>,
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
    const { rows, hasHeader, ...table } = await open(splitBytes(text, from?.group.offset ?? 0), from?.group);
    checkColumns(mapping, table.columns, source.name);
    if (hasHeader) checkExpressions(mapping, table.columns, source.name);
    const rowsBefore = from?.group.rows ?? 0;
    const mapper = new RowMapper({ ...table, mapping, journal, feed: source.name, evaluator }, endedGroups, rowsBefore);
    yield* stretchesOf({ rows, mapper, bytes }, options);
  } catch (error) {
    // In another feed anything may be wrong. That it is another one is what has to be said then.
    await bytes.passFront();
    throw error;
  } finally {
    await bytes.close();
  }
}

/** The expressions of a mapping in the order in which they are evaluated. */
function expressionsOf({ skip }: Mapping, journal: readonly CompiledField[]): NamedExpression[] {
  const ofFields = journal.flatMap(({ name, expression }) => (expression ? [{ name, source: expression.source }] : []));
  return skip === undefined ? ofFields : [{ name: 'skip', source: skip }, ...ofFields];
}

/** Rows on their way from bytes to entries. */
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
      // Rows in front of the position are read for what they count for.
      const known = bytes.check?.known(slice, mapper.rows) ?? 0;
      const all = await mapper.entries(slice);
      const entries = all.slice(known);
      const first = slice[0]?.next;
      const end = slice[all.length - 1]?.next;
      if (entries.length > 0 && first !== undefined && end !== undefined) {
        head ??= { offset: first.offset, sha256: bytes.digestAt(first.offset) };
        yield { entries, position: { ...mapper.place(end), sha256: bytes.digestAt(end.offset), head } };
      }
      if (mapper.problem) throw mapper.problem;
    }
    if (mapper.rows >= last) return;
  }
}

/** Rows of a reader that is fed from chunks. */
export async function* rowsOf<Row extends FeedRow>(
  reader: RowReader<Row>,
  chunks: AsyncIterable<Uint8Array>,
): AsyncIterable<Row[]> {
  for await (const chunk of chunks) yield reader.push(chunk);
  yield reader.end();
}
