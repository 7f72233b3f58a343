import { controlCharacter, hasControlCharacter } from '../controlCharacter.js';
import type { EndedGroups, KeyCounts } from '../feed.js';
import type { Cell } from '../mapping/mappedFields.js';
import { errorOfCell } from '../rowError.js';
import type { RowError } from '../rowError.js';
import type { Mapping } from '../mapping/mapping.js';
import type { KeyParts } from './doubts.js';
import { FeedNumbering } from './feedNumbering.js';
import { GroupNumbering } from './groupNumbering.js';
import { plainNumbering } from './plainNumbering.js';
import type { RowNumbering, RowPlace, UncertainNumber } from './rowNumbering.js';

/** What is known of the keys of earlier rows. */
export interface KeyMemory {
  readonly endedGroups: EndedGroups;
  /** Needed by a mapping that numbers keys in the whole feed, or groups rows. */
  readonly keyCounts?: KeyCounts | undefined;
  /** Number of rows that `keyCounts` includes. */
  readonly countedRows: number;
}

/** Reads the key of each row and finds what is wrong with it. Must be called for every row, in order. */
export class RowKeys {
  readonly #key: Mapping['key'];
  readonly #cell: Cell;
  readonly #numbering: RowNumbering;

  constructor(key: Mapping['key'], cell: Cell, earlier: KeyMemory) {
    this.#key = key;
    this.#cell = cell;
    this.#numbering = numberingFor(key, earlier);
  }

  /** As {@link RowNumbering.restart}. */
  get restart(): RowPlace | undefined {
    return this.#numbering.restart;
  }

  /** Returns the natural key of a row. The row counts from now on, even if it is rejected later. */
  next(at: RowPlace): string | RowError {
    const parts = this.#parts();
    if (isReadable(parts)) return this.#numbered(parts, at);
    this.#numbering.doubt({ line: at.line, parts }, at);
    const missing = this.#key.columns[parts.indexOf(null)] ?? '';
    const value = this.#cell(missing);
    if (value !== '') return controlCharacter(missing, value);
    return errorOfCell('missing-key', missing, '', 'is empty, so the row has no key');
  }

  /** Counts a row that is not an event, if it has a key. If it has none, it makes no other row doubtful. */
  skip(at: RowPlace): void {
    const parts = this.#parts();
    if (isReadable(parts)) this.#numbering.number(parts, at);
  }

  /**
   * Notes a line that is not a row.
   * @param text the text of the line, if it is complete
   */
  unreadable(text: string | undefined, at: RowPlace): void {
    this.#numbering.doubt({ line: at.line, parts: this.#key.columns.map(() => null), text }, at);
  }

  #parts(): KeyParts {
    return this.#key.columns.map((column) => {
      const value = this.#cell(column);
      return value === '' || hasControlCharacter(value) ? null : value;
    });
  }

  #numbered(parts: readonly string[], at: RowPlace): string | RowError {
    const numbering = this.#numbering.number(parts, at);
    if ('naturalKey' in numbering) return numbering.naturalKey;
    const column = this.#key.occurrenceWithin ?? '';
    if (numbering.problem === 'interrupted')
      return errorOfCell(
        'group-interrupted',
        column,
        numbering.group,
        'has ended above, but its rows must be consecutive',
      );
    return uncertain(this.#key, parts, numbering);
  }
}

function numberingFor(
  { columns, occurrenceWithin, occurrenceWithinFeed }: Mapping['key'],
  earlier: KeyMemory,
): RowNumbering {
  if (occurrenceWithin !== undefined) return new GroupNumbering(columns.indexOf(occurrenceWithin), earlier.endedGroups);
  if (occurrenceWithinFeed !== true) return plainNumbering;
  if (earlier.keyCounts === undefined)
    throw new Error('A mapping that numbers keys in the whole feed needs keyCounts.');
  return new FeedNumbering(earlier.keyCounts, earlier.countedRows);
}

function uncertain(
  { columns, occurrenceWithin }: Mapping['key'],
  parts: readonly string[],
  { group, doubtfulLine }: UncertainNumber,
): RowError {
  const so = `line ${doubtfulLine}, whose key cannot be read`;
  if (group !== undefined) {
    const why = `may include ${so}, so this row cannot be counted`;
    return errorOfCell('uncertain-occurrence', occurrenceWithin ?? '', group, why);
  }
  const why = `may also be in ${so}, so this row cannot be counted`;
  return errorOfCell('uncertain-occurrence', columns[0] ?? '', parts[0] ?? '', why);
}

function isReadable(parts: KeyParts): parts is readonly string[] {
  return !parts.includes(null);
}
