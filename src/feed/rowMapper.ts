import { dateReader } from '../base/dates.js';
import type { Mark, RowFault } from '../base/rows.js';
import { idempotencyKey, type Transaction } from '../transaction.js';
import type { EndedGroups, FeedEntry, FeedPosition, Fingerprint } from './feed.js';
import { cellFault, FieldFault, fieldOfResult, type Cell, type FieldValue } from './fields.js';
import type { Mapping } from './mapping.js';
import { KeyNumbering, type KeyParts } from './numbering.js';
import { nextStep, type Rejection, type RejectionReason } from './rejection.js';

/** A row, whatever the format of its file. */
export interface FeedRow {
  /** Cells in the order of the columns; null where the text cannot be read. Empty if the line is no row. */
  readonly cells: readonly (string | null)[];
  readonly fault?: RowFault | undefined;
  readonly start: Mark;
  /** Where to read on after it. */
  readonly next: Mark;
  readonly raw: () => string;
}

/** What the rows of one file have in common. */
export interface Table<Row extends FeedRow> {
  readonly mapping: Mapping;
  /** Name of the feed. */
  readonly feed: string;
  readonly fingerprint: Fingerprint | null;
  readonly columns: readonly string[];
  /** The row as an object, for expressions. */
  fields(row: Row): Readonly<Record<string, unknown>>;
}

type Outcome = Transaction | FieldFault | 'skipped';
type Place = FeedPosition['group'];

/** Turns the rows of one reading into entries. Every row must pass, in order: keys are numbered on the way. */
export class RowMapper<Row extends FeedRow> {
  readonly #table: Table<Row>;
  readonly #index: ReadonlyMap<string, number>;
  readonly #numbering: KeyNumbering;
  readonly #expressions: Mapping['fields'];
  #rows: number;
  #cells: FeedRow['cells'] = [];

  /** @param rows rows of the feed in front of the first one that will pass */
  constructor(table: Table<Row>, ended: EndedGroups, rows: number) {
    const { mapping } = table;
    const { columns, occurrenceWithin } = mapping.key;
    this.#table = table;
    this.#index = new Map(table.columns.map((column, index) => [column, index]));
    const groupIndex = occurrenceWithin === undefined ? undefined : columns.indexOf(occurrenceWithin);
    this.#numbering = new KeyNumbering(groupIndex, ended);
    this.#expressions = mapping.fields.filter((field) => field.evaluate !== undefined);
    this.#rows = rows;
  }

  /** Rows of the feed that have passed. */
  get rows(): number {
    return this.#rows;
  }

  async entries(rows: readonly Row[]): Promise<FeedEntry[]> {
    const entries: FeedEntry[] = [];
    for (const row of rows) {
      this.#cells = row.cells;
      const at = { offset: row.start.offset, line: row.start.line, rows: this.#rows };
      let outcome: Outcome | undefined = this.#unreadable(row, at);
      if (outcome === undefined && this.#table.mapping.skip !== undefined) outcome = await this.#skip(row, at);
      outcome ??= this.#transaction(at);
      if (this.#expressions.length > 0) outcome = await this.#evaluate(row, outcome);
      entries.push(this.#entry(row, complete(outcome)));
    }
    return entries;
  }

  readonly #cell: Cell = (column) => this.#cells[this.#index.get(column) ?? -1]?.trim() ?? '';

  /** A row that is none, or whose text is damaged, still says something about the keys of others. */
  #unreadable({ fault, cells, start }: Row, at: Place): FieldFault | undefined {
    if (fault === undefined) return undefined;
    const damaged = fault.cell === undefined ? undefined : this.#table.columns[fault.cell];
    if (cells.length === 0)
      this.#numbering.doubt(
        this.#table.mapping.key.columns.map(() => null),
        at,
      );
    else this.#number(at);
    const subject = damaged === undefined ? 'the line' : `the cell ${damaged}`;
    const reason = reasonOfFault[fault.code] ?? 'malformed-row';
    return new FieldFault(reason, `${subject} ${fault.detail}`, { column: damaged, line: fault.line ?? start.line });
  }

  async #skip(row: Row, at: Place): Promise<Outcome | undefined> {
    let result: unknown;
    try {
      result = await this.#table.mapping.skip?.(this.#table.fields(row));
    } catch (error) {
      this.#number(at);
      return new FieldFault('expression-failed', `the expression of skip fails: ${String(error)}`);
    }
    if (result === false || result === undefined || result === null) return undefined;
    // A skipped row without a key is no event: it leaves no doubt about others.
    const readable = this.#keyParts().every((part) => part !== null);
    if (result !== true || readable) this.#number(at);
    return result === true
      ? 'skipped'
      : new FieldFault('expression-failed', 'the expression of skip gives neither true nor false');
  }

  #transaction(at: Place): Transaction | FieldFault {
    const naturalKey = this.#number(at);
    if (naturalKey instanceof FieldFault) return naturalKey;
    const column = this.#table.mapping.member;
    const member = this.#cell(column);
    if (member === '') return cellFault('missing-member', column, '', 'is empty, so that the row belongs to no member');
    const journal: Record<string, FieldValue> = {};
    for (const { name, read } of this.#table.mapping.fields) {
      const value = read?.(this.#cell);
      if (value instanceof FieldFault) return value;
      if (value !== undefined) journal[name] = value;
    }
    return { key: idempotencyKey(this.#table.mapping.source, naturalKey), member, journal };
  }

  async #evaluate(row: Row, outcome: Outcome): Promise<Outcome> {
    if (outcome === 'skipped' || outcome instanceof FieldFault) return outcome;
    const fields = this.#table.fields(row);
    for (const { name, evaluate } of this.#expressions) {
      let result: unknown;
      try {
        result = await evaluate?.(fields);
      } catch (error) {
        const said = error instanceof Error ? error.message : String(error);
        return new FieldFault('expression-failed', `the expression of ${name} fails: ${said}`);
      }
      const value = name === 'ActivityDate' ? dateOfResult(result) : fieldOfResult(name, result);
      if (value instanceof FieldFault) return value;
      if (value !== undefined) outcome.journal[name] = value;
    }
    return outcome;
  }

  #keyParts(): KeyParts {
    return this.#table.mapping.key.columns.map((column) => this.#cell(column) || null);
  }

  /** The natural key of the row, which counts from now on. */
  #number(at: Place): string | FieldFault {
    const parts = this.#keyParts();
    const missing = parts.indexOf(null);
    if (missing !== -1) {
      this.#numbering.doubt(parts, at);
      return cellFault(
        'missing-key',
        this.#table.mapping.key.columns[missing] ?? '',
        '',
        'is empty, so that the row has no key',
      );
    }
    const numbering = this.#numbering.number(parts as readonly string[], at);
    if ('naturalKey' in numbering) return numbering.naturalKey;
    const column = this.#table.mapping.key.occurrenceWithin ?? '';
    if (numbering.problem === 'interrupted')
      return cellFault(
        'group-interrupted',
        column,
        numbering.group,
        'has ended above; its rows must follow one another',
      );
    const why = `has an unreadable key in line ${numbering.doubtfulLine}, so that the rows of the same key below it cannot be counted`;
    return cellFault('uncertain-occurrence', column, numbering.group, why);
  }

  #entry(row: Row, outcome: Outcome): FeedEntry {
    this.#rows++;
    const { line } = row.start;
    const { offset, line: nextLine } = row.next;
    const group = this.#numbering.groupStart ?? { offset, line: nextLine, rows: this.#rows };
    const position = { offset, line: nextLine, rows: this.#rows, group, file: this.#table.fingerprint };
    if (outcome === 'skipped') return { kind: 'skipped', line, position };
    if (!(outcome instanceof FieldFault)) return { kind: 'transaction', transaction: outcome, line, position };
    return { kind: 'rejection', rejection: this.#rejection(row, outcome), line, position };
  }

  #rejection(row: Row, { reason, detail, place }: FieldFault): Rejection {
    const file = this.#table.feed;
    const line = place.line ?? row.start.line;
    const message = `${file} line ${line}: ${detail}; ${nextStep(reason)}.`;
    const { column, value } = place;
    const { offset } = row.start;
    return { file, line, offset, column, value, reason, message, raw: row.raw() };
  }
}

const reasonOfFault: Readonly<Record<string, RejectionReason>> = {
  'too-long': 'row-too-long',
  'not-utf8': 'not-utf8',
};

const readInstant = dateReader({});

function dateOfResult(result: unknown): string | undefined | FieldFault {
  const value = fieldOfResult('ActivityDate', result);
  if (value === undefined || value instanceof FieldFault) return value;
  const reading = readInstant(String(value));
  if ('instant' in reading) return reading.instant;
  return new FieldFault('unreadable-date', `the expression of ActivityDate gives "${value}", which ${reading.fault}`);
}

/** Without these two the org takes no journal. */
function complete(outcome: Outcome): Outcome {
  if (outcome === 'skipped' || outcome instanceof FieldFault) return outcome;
  for (const name of ['ActivityDate', 'JournalTypeName'])
    if (outcome.journal[name] === undefined)
      return new FieldFault('missing-value', `${name} would be empty, and no journal can be without it`);
  return outcome;
}
