import type { Mark, RowFault } from '../base/rows.js';
import { idempotencyKey, type Transaction } from '../transaction.js';
import type { EndedGroups, FeedEntry, FeedPosition } from './feed.js';
import type { Scalar } from './expression.js';
import type { Cell, Field } from './fields.js';
import { Flaw, flawOfCell } from './flaw.js';
import type { Mapping } from './mapping.js';
import type { RowPlace } from './numbering.js';
import { nextStep, type Rejection, type RejectionReason } from './rejection.js';
import { RowKeys } from './rowKeys.js';

/** A row, whatever the format of its file. */
export interface FeedRow {
  /** Cells in the order of the columns; null where the text cannot be read. Empty if the line is no row. */
  readonly cells: readonly (string | null)[];
  readonly fault?: RowFault | undefined;
  readonly start: Mark;
  /** Where to read on after it. */
  readonly next: Mark;
  raw(): string;
}

/** What the rows of one file have in common. */
export interface Table<Row extends FeedRow> {
  readonly mapping: Mapping;
  /** Fields of the journal. */
  readonly journal: readonly Field[];
  /** Name of the feed. */
  readonly feed: string;
  readonly columns: readonly string[];
  /** The row as an object, for expressions. */
  fields(row: Row): Readonly<Record<string, unknown>>;
  /** The text of a line that is no row, unless some of it is missing or may stand in other lines. */
  wholeText(row: Row): string | undefined;
}

type Outcome = Transaction | Flaw | 'skipped';

/** Turns the rows of one reading into entries. Every row must pass, in order: keys are numbered on the way. */
export class RowMapper<Row extends FeedRow> {
  readonly #table: Table<Row>;
  readonly #index: ReadonlyMap<string, number>;
  readonly #keys: RowKeys;
  readonly #expressions: readonly Field[];
  #rows: number;
  #cells: FeedRow['cells'] = [];

  /** @param rows rows of the feed in front of the first one that will pass */
  constructor(table: Table<Row>, ended: EndedGroups, rows: number) {
    this.#table = table;
    this.#index = new Map(table.columns.map((column, index) => [column, index]));
    this.#keys = new RowKeys(table.mapping.key, this.#cell, ended);
    this.#expressions = table.journal.filter((field) => field.evaluate !== undefined);
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

  async entries(rows: readonly Row[]): Promise<FeedEntry[]> {
    const entries: FeedEntry[] = [];
    for (const row of rows) {
      this.#cells = row.cells;
      const at = { offset: row.start.offset, line: row.start.line, rows: this.#rows };
      // A value of an unexpected shape does not matter in a row that is skipped: feeds of events have several shapes.
      const isText = row.fault?.code !== 'nested';
      let outcome: Outcome | undefined = isText ? this.#unreadable(row, at) : undefined;
      if (outcome === undefined && this.#table.mapping.skip !== undefined) outcome = await this.#skip(row, at);
      if (!isText) outcome ??= this.#unreadable(row, at);
      outcome ??= this.#transaction(at);
      if (this.#expressions.length > 0) outcome = await this.#evaluate(row, outcome);
      entries.push(this.#entry(row, complete(outcome)));
    }
    return entries;
  }

  readonly #cell: Cell = (column) => this.#cells[this.#index.get(column) ?? -1]?.trim() ?? '';

  /** A line that is no row, or a row whose text is damaged, still says something about the keys of others. */
  #unreadable(row: Row, at: RowPlace): Flaw | undefined {
    const { fault, cells, start } = row;
    if (fault === undefined) return undefined;
    if (cells.length === 0) this.#keys.unreadable(this.#table.wholeText(row), at);
    else this.#keys.next(at);
    const column = fault.cell === undefined ? undefined : this.#table.columns[fault.cell];
    const subject = column === undefined ? 'the line' : `the cell ${column}`;
    const reason = reasonOfFault[fault.code] ?? 'malformed-row';
    return new Flaw(reason, `${subject} ${fault.detail}`, { column, line: fault.line ?? start.line });
  }

  async #skip(row: Row, at: RowPlace): Promise<Outcome | undefined> {
    const { skip } = this.#table.mapping;
    const result = await skip?.(this.#table.fields(row));
    if (result === false || result === undefined) return undefined;
    if (result === true) {
      this.#keys.skip(at);
      return 'skipped';
    }
    this.#keys.next(at);
    if (result instanceof Flaw) return result;
    return new Flaw('expression-failed', `the expression of skip gives "${result}", not true or false`);
  }

  #transaction(at: RowPlace): Transaction | Flaw {
    const naturalKey = this.#keys.next(at);
    if (naturalKey instanceof Flaw) return naturalKey;
    const { mapping, journal: fields } = this.#table;
    const member = this.#cell(mapping.member);
    if (member === '')
      return flawOfCell('missing-member', mapping.member, '', 'is empty, so that the row belongs to no member');
    const journal: Record<string, Scalar> = {};
    for (const { name, read } of fields) {
      const value = read?.(this.#cell);
      if (value instanceof Flaw) return value;
      if (value !== undefined) journal[name] = value;
    }
    return { key: idempotencyKey(mapping.source, naturalKey), member, journal };
  }

  async #evaluate(row: Row, outcome: Outcome): Promise<Outcome> {
    if (outcome === 'skipped' || outcome instanceof Flaw) return outcome;
    const fields = this.#table.fields(row);
    for (const field of this.#expressions) {
      const value = await field.evaluate?.(fields);
      if (value instanceof Flaw) return value;
      if (value !== undefined) outcome.journal[field.name] = value;
    }
    return outcome;
  }

  #entry(row: Row, outcome: Outcome): FeedEntry {
    this.#rows++;
    const { line } = row.start;
    if (outcome === 'skipped') return { kind: 'skipped', line };
    if (!(outcome instanceof Flaw)) return { kind: 'transaction', transaction: outcome, line };
    return { kind: 'rejection', rejection: this.#rejection(row, outcome), line };
  }

  #rejection(row: Row, { reason, detail, place }: Flaw): Rejection {
    const file = this.#table.feed;
    const line = place.line ?? row.start.line;
    const message = `${file} line ${line}: ${detail}; ${nextStep(reason)}.`;
    const { column, value } = place;
    return { file, line, offset: row.start.offset, column, value, reason, message, raw: row.raw() };
  }
}

const reasonOfFault: Readonly<Record<string, RejectionReason>> = {
  'too-long': 'row-too-long',
  'not-utf8': 'not-utf8',
};

/** Without these two the org takes no journal. */
function complete(outcome: Outcome): Outcome {
  if (outcome === 'skipped' || outcome instanceof Flaw) return outcome;
  for (const name of ['ActivityDate', 'JournalTypeName'])
    if (outcome.journal[name] === undefined)
      return new Flaw('missing-value', `${name} would be empty, and no journal can be without it`);
  return outcome;
}
