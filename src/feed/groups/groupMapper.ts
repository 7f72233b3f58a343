import type { Mark } from '../../base/rowBytes.js';
import type { Transaction } from '../../transaction.js';
import { controlCharacter, hasControlCharacter } from '../controlCharacter.js';
import { exceededError } from '../expressions/exceededError.js';
import type { RowResults } from '../expressions/rowEvaluator.js';
import type { BytePosition } from '../bytes/bytePosition.js';
import type { FeedEntry } from '../feed.js';
import type { FeedError } from '../feedError.js';
import type { EntryMapper } from '../feedReading.js';
import { RejectedKeys } from '../keys/rejectedKeys.js';
import { RowKeys } from '../keys/rowKeys.js';
import type { KeyMemory } from '../keys/rowKeys.js';
import type { RowPlace } from '../keys/rowNumbering.js';
import { disagreement } from '../mapping/groupFields.js';
import type { JournalResults } from '../mapping/makeJournal.js';
import { entryOf, madeTransactions } from '../mapping/madeTransactions.js';
import type { Cell, LineCell } from '../mapping/mappedFields.js';
import type { FeedRow, FeedTable } from '../mapping/rowMapper.js';
import { rejectionOf } from '../mapping/rowRejection.js';
import { RowError, errorOfCell } from '../rowError.js';
import { readLinesOf } from './groupLine.js';
import type { GroupLine, ReadLine, RowGroup } from './groupLine.js';

/** Turns groups of rows into transactions, each with an entry for every row. Every group must pass, in order. */
export class GroupMapper<Row extends FeedRow> implements EntryMapper<RowGroup<Row>> {
  readonly #table: FeedTable<Row>;
  readonly #keys: RowKeys;
  readonly #rejectedKeys: RejectedKeys;
  /** Columns in which the lines of a group that have a value must have the same. */
  readonly #common: readonly string[];
  #rows: number;
  #cell: Cell = () => '';
  /** The first of the rows since the last group whose group cannot be read: it makes the next group doubtful. */
  #firstDoubt: RowPlace | undefined;
  /** The first row of the feed, until a group has passed: a later reading must know which group is the first. */
  #beginning: RowPlace | undefined;

  /** @param rows number of rows of the feed before the first one that will pass */
  constructor(table: FeedTable<Row>, earlier: KeyMemory, rows: number) {
    this.#table = table;
    this.#keys = new RowKeys(table.mapping.key, (column) => this.#cell(column), earlier);
    this.#rejectedKeys = new RejectedKeys(table.mapping, earlier);
    const { key, member, group } = table.mapping;
    this.#common = [member, ...key.columns].filter((column) => group?.columns.includes(column) !== true);
    this.#rows = rows;
  }

  get rows(): number {
    return this.#rows;
  }

  place({ offset, line }: Mark): Pick<BytePosition, 'offset' | 'line' | 'rows' | 'group'> {
    const here = { offset, line, rows: this.#rows };
    const starts = [this.#keys.restart, this.#firstDoubt, this.#beginning, here].filter((each) => each !== undefined);
    return { ...here, group: starts.reduce((first, each) => (each.offset < first.offset ? each : first)) };
  }

  get problem(): FeedError | undefined {
    const { journals, mapping, feed } = this.#table;
    return journals.exceeded && exceededError(journals.exceeded, mapping.place, feed);
  }

  async entries(groups: readonly RowGroup<Row>[]): Promise<FeedEntry[]> {
    const evaluated = new Set(groups.filter((group) => this.#isEvaluable(group)));
    const results = await this.#table.journals.evaluate([...evaluated], (group) => this.#json(group));
    const entries: FeedEntry[] = [];
    for (const group of groups) {
      const ofGroup = results?.get(group);
      if (results && ofGroup === undefined && evaluated.has(group)) break;
      for (const entry of this.#entriesOf(group, ofGroup)) entries.push(entry);
      this.#rows += group.rows;
    }
    return entries;
  }

  #isEvaluable(group: RowGroup<Row>): boolean {
    return group.lines[0]?.kind === 'line' && this.#errorOfLines(group) === undefined;
  }

  /** A group as expressions see it: its first line, and all of them in a list. */
  #json(group: RowGroup<Row>): string {
    const texts = readLinesOf(group).map(({ row }) => this.#table.json(row).trim());
    const [first = '{}'] = texts;
    const front = first.slice(0, -1).trimEnd();
    return `${front}${front === '{' ? '' : ','}"lines":[${texts.join(',')}]}`;
  }

  #entriesOf(group: RowGroup<Row>, results: RowResults | undefined): FeedEntry[] {
    const lines = readLinesOf(group);
    const at = { ...group.start, rows: this.#rows };
    const [first] = lines;
    if (this.#rows === 0) this.#beginning = at;
    if (first === undefined) return group.lines.map((line) => skipped(line));
    if (first.parts.includes(null)) {
      this.#keys.unreadable(first.text, at);
      this.#firstDoubt ??= at;
      return group.lines.map((line) => this.#rejected(line, { error: first.error, of: first }));
    }
    this.#firstDoubt = undefined;
    this.#beginning = undefined;
    const made = this.#transactions(group, at, results);
    if (made instanceof RowError) {
      const of = lines.find(({ at: { line } }) => line === made.place.line) ?? first;
      return group.lines.map((line) => this.#rejected(line, { error: made, of }));
    }
    if (made.length === 0) return group.lines.map((line) => skipped(line));
    return group.lines.map((line) => (line === first ? this.#entry(line, made, group) : used(line)));
  }

  /** Why a group cannot become a transaction, whatever its key is. */
  #errorOfLines(group: RowGroup<Row>): RowError | undefined {
    const lines = readLinesOf(group);
    const bad = lines.find(({ error }) => error !== undefined);
    if (bad?.error) return new RowError(bad.error.reason, bad.error.detail, { ...bad.error.place, line: bad.at.line });
    const { doubtfulLine } = group;
    if (doubtfulLine === undefined) return undefined;
    const detail = `its group may include ${this.#unit} ${doubtfulLine}, whose group cannot be read`;
    return new RowError('group-rejected', detail);
  }

  #transactions(
    group: RowGroup<Row>,
    at: RowPlace,
    results: RowResults | undefined,
  ): readonly Transaction[] | RowError {
    const cells = readLinesOf(group).map(({ cell }) => cell);
    const cell: Cell = Object.assign((column: string) => firstWith(column, cells)?.(column) ?? '', { lines: cells });
    this.#cell = cell;
    // Its key counts even if it is rejected: what happens to one group never changes the key of another.
    const naturalKey = this.#keys.next(at);
    const error = this.#errorOfLines(group) ?? this.#disagreement(cells);
    if (naturalKey instanceof RowError) return error ?? naturalKey;
    if (!naturalKey.isWellFormed()) return error ?? this.#brokenKey();
    const made = error ?? this.#errorOfEarlier(naturalKey, at) ?? this.#withKey(naturalKey, { group, at, results });
    if (made instanceof RowError) this.#rejectedKeys.add(naturalKey, made.place.line ?? group.doubtfulLine ?? at.line);
    return made;
  }

  #withKey(
    naturalKey: string,
    { group, at, results }: { group: RowGroup<Row>; at: RowPlace; results: RowResults | undefined },
  ): readonly Transaction[] | RowError {
    const cell = this.#cell;
    const { mapping, journals } = this.#table;
    const member = cell(mapping.member);
    if (member === '')
      return errorOfCell('missing-member', mapping.member, '', 'is empty, so the group belongs to no member');
    if (hasControlCharacter(member)) return controlCharacter(mapping.member, member);
    if (results instanceof RowError) return results;
    const made = journals.make(group, cell, results ?? []);
    if (made instanceof RowError) return made;
    const enrollment = this.#enrollment(at, member, results ?? []);
    return madeTransactions(mapping, { naturalKey, member, journals: made, enrollment });
  }

  /** The expressions of the enrollment see all lines of the group, as those of its journals do. */
  #enrollment({ line }: RowPlace, member: string, results: JournalResults): Transaction['enrollment'] {
    const { enrollment, feed } = this.#table;
    const computed = results.slice(0, enrollment?.expressions);
    return enrollment?.make(this.#cell, computed, { member, place: `${feed} ${this.#unit} ${line}` });
  }

  /** A group whose first part was rejected must not take its key. */
  #errorOfEarlier(naturalKey: string, { line }: RowPlace): RowError | undefined {
    const earlier = this.#rejectedKeys.before(naturalKey, line);
    if (earlier === undefined) return undefined;
    const detail = `a group before it has the same key and is rejected because of ${this.#unit} ${earlier}`;
    const mend = `correct that ${this.#unit}, move all ${this.#unit}s of the group together`;
    return new RowError('group-rejected', detail, { mend });
  }

  /** Two keys that differ only in half a character would be one in the org. An expression can make such a key. */
  #brokenKey(): RowError {
    const mend = `correct the ${this.#unit}, or the expression in the mapping`;
    return new RowError('not-utf8', 'the key has half a character: a surrogate without the other one', { mend });
  }

  #disagreement(cells: readonly LineCell[]): RowError | undefined {
    for (const column of this.#common) {
      const one = firstWith(column, cells);
      const other = one && cells.find((each) => each(column) !== '' && each(column) !== one(column));
      if (one && other) return disagreement(column, [one, other]);
    }
    return undefined;
  }

  #entry({ at }: ReadLine<Row>, transactions: readonly Transaction[], { edges }: RowGroup<Row>): FeedEntry {
    return entryOf(this.#table.mapping, transactions, { line: at.line, ...(edges && { edges }) });
  }

  /**
   * A line with an error of its own is rejected for that, and every other line because of the one that has it.
   * @param of the line that has the error of the group
   */
  #rejected(
    line: GroupLine<Row>,
    { error, of }: { readonly error: RowError | undefined; readonly of: ReadLine<Row> },
  ): FeedEntry {
    if (line.kind === 'skipped') return skipped(line);
    const because = new RowError('group-rejected', `${this.#unit} ${of.at.line} of its group is rejected`);
    const own =
      line.error ?? (line === of ? error : undefined) ?? (error?.reason === 'group-rejected' ? error : because);
    return { kind: 'rejection', rejection: rejectionOf(line.row, own, this.#table), line: line.at.line };
  }

  get #unit(): string {
    return this.#table.unit ?? 'line';
  }
}

function firstWith(column: string, cells: readonly LineCell[]): LineCell | undefined {
  return cells.find((each) => each(column) !== '');
}

function skipped({ at: { line } }: GroupLine): FeedEntry {
  return { kind: 'skipped', line };
}

function used({ kind, at: { line } }: GroupLine): FeedEntry {
  return kind === 'skipped' ? { kind, line } : { kind: 'grouped', line };
}
