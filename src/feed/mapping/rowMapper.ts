import type { Mark, RowIssue } from '../../base/rowBytes.js';
import { idempotencyKey } from '../../transaction.js';
import type { Transaction } from '../../transaction.js';
import type { EndedGroups, FeedEntry, FeedPosition } from '../feed.js';
import type { FeedError } from '../feedError.js';
import type { Scalar } from '../expressions/expression.js';
import { exceededError } from '../expressions/exceededError.js';
import type { RowEvaluator, RowResults } from '../expressions/rowEvaluator.js';
import type { Cell, CompiledField } from './mappedFields.js';
import { controlCharacter, hasControlCharacter } from '../controlCharacter.js';
import { RowError, errorOfCell } from '../rowError.js';
import type { Mapping } from './mapping.js';
import type { RowPlace } from '../keys/keyNumbering.js';
import { nextStep } from '../rejection.js';
import type { Rejection, RejectionReason } from '../rejection.js';
import { RowKeys } from '../keys/rowKeys.js';

/** A row, whatever the format of its file. */
export interface FeedRow {
  /** Cells in the order of the columns; null where the text cannot be read. Empty if the line is no row. */
  readonly cells: readonly (string | null)[];
  readonly fault?: RowIssue | undefined;
  readonly start: Mark;
  /** Where to read on after it. */
  readonly next: Mark;
  raw(): string;
}

/** What the rows of one file have in common. */
export interface FeedTable<Row extends FeedRow> {
  readonly mapping: Mapping;
  /** Fields of the journal. */
  readonly journal: readonly CompiledField[];
  /** Name of the feed. */
  readonly feed: string;
  readonly columns: readonly string[];
  /** Evaluates the expressions of the mapping; undefined if it has none. */
  readonly evaluator: RowEvaluator | undefined;
  /** The row as expressions see it: a JSON object. */
  json(row: Row): string;
  /** Whether it says nothing about anything: a row of separators, as spreadsheets leave them, or the header again. */
  isVoid(row: Row): boolean;
  /** The text of a line that is no row, unless some of it is missing or may stand in other lines. */
  wholeText(row: Row): string | undefined;
}

type Outcome = Transaction | RowError | 'skipped';

/** Turns the rows of one reading into entries. Every row must pass, in order: keys are numbered on the way. */
export class RowMapper<Row extends FeedRow> {
  readonly #table: FeedTable<Row>;
  readonly #index: ReadonlyMap<string, number>;
  readonly #keys: RowKeys;
  readonly #expressions: readonly CompiledField[];
  /** The first result of a row that belongs to a field. */
  readonly #firstOfField: 0 | 1;
  #rows: number;
  #cells: FeedRow['cells'] = [];

  /** @param rows rows of the feed in front of the first one that will pass */
  constructor(table: FeedTable<Row>, ended: EndedGroups, rows: number) {
    this.#table = table;
    this.#index = new Map(table.columns.map((column, index) => [column, index]));
    this.#keys = new RowKeys(table.mapping.key, this.#cell, ended);
    this.#expressions = table.journal.filter((field) => field.expression !== undefined);
    this.#firstOfField = table.mapping.skip === undefined ? 0 : 1;
    this.#rows = rows;
  }

  /** Rows of the feed that have passed. */
  get rows(): number {
    return this.#rows;
  }

  /** Where to read on after the last row that has passed. @param next behind that row */
  place({ offset, line }: Mark): Pick<FeedPosition, 'offset' | 'line' | 'rows' | 'group'> {
    const rows = this.#rows;
    return { offset, line, rows, group: this.#keys.groupStart ?? { offset, line, rows } };
  }

  /** Why nothing can be read behind the rows that have passed. */
  get problem(): FeedError | undefined {
    const { evaluator, mapping, feed } = this.#table;
    return evaluator?.exceeded && exceededError(evaluator.exceeded, mapping.place, feed);
  }

  /** One entry for each row; fewer if there is a problem then. */
  async entries(rows: readonly Row[]): Promise<FeedEntry[]> {
    const results = await this.#evaluate(rows.filter((row) => this.#isEvaluable(row)));
    const entries: FeedEntry[] = [];
    for (const row of rows) {
      const ofRow = results?.get(row);
      if (results && ofRow === undefined && this.#isEvaluable(row)) break;
      this.#cells = row.cells;
      entries.push(this.#entry(row, complete(this.#outcome(row, ofRow))));
    }
    return entries;
  }

  /** Expressions are evaluated in front of everything else, because they are so for many rows at once. */
  async #evaluate(rows: readonly Row[]): Promise<ReadonlyMap<Row, RowResults> | undefined> {
    const { evaluator } = this.#table;
    if (evaluator === undefined) return undefined;
    const results = await evaluator.evaluate(
      rows.map((row) => ({ line: row.start.line, json: this.#table.json(row) })),
    );
    return new Map(results.flatMap((result, index) => (rows[index] ? [[rows[index], result]] : [])));
  }

  /** Whether it has values that an expression can be about. */
  #isEvaluable(row: Row): boolean {
    return (row.fault === undefined || row.fault.code === 'nested') && !this.#table.isVoid(row);
  }

  #outcome(row: Row, results: RowResults | undefined): Outcome {
    if (this.#table.isVoid(row)) return 'skipped';
    const at = { offset: row.start.offset, line: row.start.line, rows: this.#rows };
    // A value of an unexpected shape does not matter in a row that is skipped: feeds of events have several shapes.
    const isText = row.fault?.code !== 'nested';
    let outcome: Outcome | undefined = isText ? this.#unreadable(row, at) : undefined;
    if (results !== undefined) outcome ??= this.#skip(results, at);
    if (!isText) outcome ??= this.#unreadable(row, at);
    outcome ??= this.#transaction(at);
    return results === undefined ? outcome : this.#withExpressions(outcome, results);
  }

  readonly #cell: Cell = (column) => this.#cells[this.#index.get(column) ?? -1]?.trim() ?? '';

  /** A line that is no row, or a row whose text is damaged, still says something about the keys of others. */
  #unreadable(row: Row, at: RowPlace): RowError | undefined {
    const { fault, cells, start } = row;
    if (fault === undefined) return undefined;
    if (cells.length === 0) this.#keys.unreadable(this.#table.wholeText(row), at);
    else this.#keys.next(at);
    const column = fault.cell === undefined ? undefined : this.#table.columns[fault.cell];
    const subject = column === undefined ? 'the line' : `the cell ${column}`;
    const reason = reasonOfFault[fault.code] ?? 'malformed-row';
    return new RowError(reason, `${subject} ${fault.detail}`, { column, line: fault.line ?? start.line });
  }

  #skip(results: RowResults, at: RowPlace): Outcome | undefined {
    const result = results instanceof RowError ? results : this.#firstOfField === 0 ? undefined : results[0];
    if (result === false || result === undefined) return undefined;
    if (result === true) {
      this.#keys.skip(at);
      return 'skipped';
    }
    this.#keys.next(at);
    if (result instanceof RowError) return result;
    return new RowError('expression-failed', `the expression of skip gives "${result}", not true or false`);
  }

  #transaction(at: RowPlace): Transaction | RowError {
    const naturalKey = this.#keys.next(at);
    if (naturalKey instanceof RowError) return naturalKey;
    const { mapping, journal: fields } = this.#table;
    const member = this.#cell(mapping.member);
    if (member === '')
      return errorOfCell('missing-member', mapping.member, '', 'is empty, so that the row belongs to no member');
    if (hasControlCharacter(member)) return controlCharacter(mapping.member, member);
    const journal: Record<string, Scalar> = {};
    for (const { name, read } of fields) {
      const value = read?.(this.#cell);
      if (value instanceof RowError) return value;
      if (value !== undefined) journal[name] = value;
    }
    return { key: idempotencyKey(mapping.source, naturalKey), member, journal };
  }

  #withExpressions(outcome: Outcome, results: RowResults): Outcome {
    if (outcome === 'skipped' || outcome instanceof RowError || results instanceof RowError) return outcome;
    for (const [index, { name, expression }] of this.#expressions.entries()) {
      const given = results[index + this.#firstOfField];
      const value = given === undefined || given instanceof RowError ? given : expression?.take(given);
      if (value instanceof RowError) return value;
      if (value !== undefined) outcome.journal[name] = value;
    }
    return outcome;
  }

  #entry(row: Row, outcome: Outcome): FeedEntry {
    this.#rows++;
    const { line } = row.start;
    if (outcome === 'skipped') return { kind: 'skipped', line };
    if (!(outcome instanceof RowError)) return { kind: 'transaction', transaction: outcome, line };
    return { kind: 'rejection', rejection: this.#rejection(row, outcome), line };
  }

  #rejection(row: Row, { reason, detail, place }: RowError): Rejection {
    const file = this.#table.feed;
    const line = place.line ?? row.start.line;
    const message = `${file} line ${line}: ${detail}; ${nextStep(reason, place.mend)}.`;
    const { column, value } = place;
    return { file, line, offset: row.start.offset, column, value, reason, message, raw: row.raw() };
  }
}

const reasonOfFault: Readonly<Record<string, RejectionReason>> = {
  nested: 'nested-value',
  'too-long': 'row-too-long',
  'not-utf8': 'not-utf8',
};

/** Without these two the org takes no journal. */
function complete(outcome: Outcome): Outcome {
  if (outcome === 'skipped' || outcome instanceof RowError) return outcome;
  for (const name of ['ActivityDate', 'JournalTypeName'])
    if (outcome.journal[name] === undefined)
      return new RowError('missing-value', `${name} would be empty, and no journal can be without it`);
  return outcome;
}
