import type { Mark, RowIssue } from '../../base/rowBytes.js';
import type { Transaction } from '../../transaction.js';
import type { BytePosition } from '../bytes/bytePosition.js';
import type { FeedEntry } from '../feed.js';
import type { FeedError } from '../feedError.js';
import { exceededError } from '../expressions/exceededError.js';
import type { RowResults } from '../expressions/rowEvaluator.js';
import { entryOf, madeTransactions } from './madeTransactions.js';
import type { JournalResults } from './makeJournal.js';
import type { Cell } from './mappedFields.js';
import { controlCharacter, hasControlCharacter } from '../controlCharacter.js';
import { RowError, errorOfCell } from '../rowError.js';
import { withComputed } from './computedCells.js';
import type { Mapping } from './mapping.js';
import type { RowEnrollment } from '../members/rowEnrollment.js';
import type { RowJournals } from './rowJournals.js';
import { errorOfIssue, rejectionOf } from './rowRejection.js';
import type { RowPlace } from '../keys/rowNumbering.js';
import type { RowUnit } from '../rejection.js';
import { RowKeys } from '../keys/rowKeys.js';
import type { KeyMemory } from '../keys/rowKeys.js';

/** A row of a file of any format. */
export interface FeedRow {
  /** Cells in the order of the columns. Null if the text cannot be read. Empty if the line is not a row. */
  readonly cells: readonly (string | null)[];
  /** The object that the row is, in JSON. */
  readonly value?: Readonly<Record<string, unknown>> | undefined;
  readonly issue?: RowIssue | undefined;
  /** How a person finds it, if not by its number: `id 4711`. */
  readonly name?: string | undefined;
  readonly start: Mark;
  /** Where to continue reading after it. */
  readonly next: Mark;
  raw(): string;
}

/** What the rows of one file have in common. */
export interface FeedTable<Row extends FeedRow> {
  readonly mapping: Mapping;
  /** Makes the journals of rows. */
  readonly journals: RowJournals;
  /** Makes the details of members to be enrolled. Undefined if nobody is. */
  readonly enrollment?: RowEnrollment | undefined;
  /** Name of the feed. */
  readonly feed: string;
  readonly columns: readonly string[];
  /** What a row is called in messages. Default: line. */
  readonly unit?: RowUnit | undefined;
  /** Returns the row as expressions see it: a JSON object. */
  json(row: Row): string;
  /** Whether the row carries no data, like a row of separators, as spreadsheets write them, or the header again. */
  isVoid(row: Row): boolean;
  /** Returns the text of a line that is not a row, unless part of it is missing or may be in other lines. */
  wholeText(row: Row): string | undefined;
}

type Mapped = readonly Transaction[] | RowError | 'skipped';

/** Turns the rows of one reading into entries. Every row must pass, in order, because keys are numbered on the way. */
export class RowMapper<Row extends FeedRow> {
  readonly #table: FeedTable<Row>;
  readonly #index: ReadonlyMap<string, number>;
  readonly #keys: RowKeys;
  /** Index of the first result that belongs to a column, after that of `skip`. */
  readonly #firstOfColumn: 0 | 1;
  #rows: number;
  #cells: FeedRow['cells'] = [];
  /** Why expressions gave no key or member of the present row, by the name that takes the place of a column. */
  #failed: ReadonlyMap<string, RowError> = new Map();

  /** @param rows number of rows of the feed before the first one that will pass */
  constructor(table: FeedTable<Row>, earlier: KeyMemory, rows: number) {
    this.#table = table;
    const columns = [...table.columns, ...table.mapping.computed.map(({ column }) => column)];
    this.#index = new Map(columns.map((column, index) => [column, index]));
    this.#keys = new RowKeys(table.mapping.key, this.#cell, earlier);
    this.#firstOfColumn = table.mapping.skip === undefined ? 0 : 1;
    this.#rows = rows;
  }

  /** Number of rows of the feed that have passed. */
  get rows(): number {
    return this.#rows;
  }

  /**
   * Returns where to continue reading after the last row that has passed.
   * @param next position after that row
   */
  place({ offset, line }: Mark): Pick<BytePosition, 'offset' | 'line' | 'rows' | 'group'> {
    const rows = this.#rows;
    return { offset, line, rows, group: this.#keys.restart ?? { offset, line, rows } };
  }

  /** Why nothing can be read after the rows that have passed. */
  get problem(): FeedError | undefined {
    const { journals, mapping, feed } = this.#table;
    const { exceeded } = journals;
    return exceeded && exceededError(exceeded, mapping.place, feed);
  }

  /** Returns one entry for each row, or fewer if there is then a problem. */
  async entries(rows: readonly Row[]): Promise<FeedEntry[]> {
    const results = await this.#evaluate(rows);
    const entries: FeedEntry[] = [];
    for (const row of rows) {
      const ofRow = results?.get(row);
      if (results && ofRow === undefined && this.#isEvaluable(row)) break;
      this.#cells = this.#withComputed(row, ofRow);
      const mapped = this.#map(row, ofRow);
      if (mapped === undefined) break;
      entries.push(this.#entry(row, mapped));
    }
    return entries;
  }

  /**
   * Expressions are evaluated before everything else, because they are evaluated for many rows together. Those of lists
   * come last: rows that are skipped can have any shape.
   */
  async #evaluate(all: readonly Row[]): Promise<ReadonlyMap<Row, RowResults> | undefined> {
    const { journals } = this.#table;
    const rows = all.filter((row) => this.#isEvaluable(row));
    const results = await journals.evaluate(rows, (row) => this.#table.json(row));
    if (!journals.hasLists) return results;
    const skips = this.#firstOfColumn === 1;
    await journals.evaluateLists(
      rows.filter((row) => {
        const found = results?.get(row);
        return !(found instanceof RowError) && !(skips && found?.[0] === true);
      }),
    );
    return results;
  }

  /** Appends to the cells of a row what expressions make in the place of columns. */
  #withComputed({ cells }: Row, results: RowResults | undefined): FeedRow['cells'] {
    const { mapping, columns } = this.#table;
    const place = { computed: mapping.computed, columns: columns.length, first: this.#firstOfColumn };
    const found = withComputed(cells, results, place);
    this.#failed = found.failed;
    return found.cells;
  }

  /** Whether the row has values that an expression can use. */
  #isEvaluable(row: Row): boolean {
    return (row.issue === undefined || row.issue.code === 'nested') && !this.#table.isVoid(row);
  }

  /** Undefined if the row cannot be evaluated any more. */
  #map(row: Row, results: RowResults | undefined): Mapped | undefined {
    if (this.#table.isVoid(row)) return 'skipped';
    const at = { offset: row.start.offset, line: row.start.line, rows: this.#rows };
    // In a row that is skipped, values of an unexpected shape do not matter: feeds of events have several shapes.
    const isText = row.issue?.code !== 'nested';
    let mapped: Mapped | undefined = isText ? this.#unreadable(row, at) : undefined;
    if (results !== undefined) mapped ??= this.#skip(results, at);
    if (!isText) mapped ??= this.#unreadable(row, at);
    if (mapped === undefined && !this.#table.journals.isEvaluated(row)) return undefined;
    return mapped ?? this.#transactions(row, at, results instanceof RowError ? [] : (results ?? []));
  }

  readonly #cell: Cell = (column) => this.#cells[this.#index.get(column) ?? -1]?.trim() ?? '';

  /** Even a line that is not a row, or a row whose text is damaged, can make the keys of other rows doubtful. */
  #unreadable(row: Row, at: RowPlace): RowError | undefined {
    const error = errorOfIssue(row, this.#table);
    if (error === undefined) return undefined;
    if (row.cells.length === 0) this.#keys.unreadable(this.#table.wholeText(row), at);
    else this.#keys.next(at);
    return error;
  }

  #skip(results: RowResults, at: RowPlace): Mapped | undefined {
    const result = results instanceof RowError ? results : this.#firstOfColumn === 0 ? undefined : results[0];
    if (result === false || result === undefined) return undefined;
    if (result === true) {
      this.#keys.skip(at);
      return 'skipped';
    }
    this.#keys.next(at);
    if (result instanceof RowError) return result;
    return new RowError('expression-failed', `the expression of skip gives "${result}", not true or false`);
  }

  #transactions(row: Row, at: RowPlace, results: JournalResults): Mapped {
    const naturalKey = this.#keys.next(at);
    const { mapping, journals } = this.#table;
    const { columns } = mapping.key;
    if (naturalKey instanceof RowError)
      return columns.map((column) => this.#failed.get(column)).find((each) => each !== undefined) ?? naturalKey;
    const member = this.#cell(mapping.member);
    if (member === '')
      return (
        this.#failed.get(mapping.member) ??
        errorOfCell('missing-member', mapping.member, '', 'is empty, so the row belongs to no member')
      );
    if (hasControlCharacter(member)) return controlCharacter(mapping.member, member);
    const made = journals.make(row, this.#cell, results);
    if (made instanceof RowError) return made;
    if (made.length === 0) return 'skipped';
    const enrollment = this.#enrollment(row, results);
    return madeTransactions(mapping, { naturalKey, member, journals: made, enrollment });
  }

  #enrollment(row: Row, results: JournalResults): Transaction['enrollment'] {
    const { enrollment, mapping, feed, unit = 'line' } = this.#table;
    if (enrollment === undefined) return undefined;
    const first = this.#firstOfColumn + mapping.computed.length;
    const computed = results.slice(first, first + enrollment.expressions);
    const place = `${feed} ${unit} ${row.start.line}`;
    return enrollment.make(this.#cell, computed, { member: this.#cell(mapping.member), place });
  }

  #entry(row: Row, mapped: Mapped): FeedEntry {
    this.#rows++;
    const { line } = row.start;
    if (mapped === 'skipped') return { kind: 'skipped', line };
    if (mapped instanceof RowError)
      return { kind: 'rejection', rejection: rejectionOf(row, mapped, this.#table), line };
    return entryOf(this.#table.mapping, mapped, { line });
  }
}
