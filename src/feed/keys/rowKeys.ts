import { controlCharacter, hasControlCharacter } from '../controlCharacter.js';
import type { EndedGroups } from '../feed.js';
import type { Cell } from '../mapping/mappedFields.js';
import { errorOfCell } from '../rowError.js';
import type { RowError } from '../rowError.js';
import type { Mapping } from '../mapping/mapping.js';
import { KeyNumbering } from './keyNumbering.js';
import type { KeyParts, RowPlace } from './keyNumbering.js';

/** Reads the key of each row and finds what is wrong with it. Must be called for every row, in order. */
export class RowKeys {
  readonly #key: Mapping['key'];
  readonly #cell: Cell;
  readonly #numbering: KeyNumbering;

  constructor(key: Mapping['key'], cell: Cell, ended: EndedGroups) {
    const { columns, occurrenceWithin } = key;
    this.#key = key;
    this.#cell = cell;
    this.#numbering = new KeyNumbering(
      occurrenceWithin === undefined ? undefined : columns.indexOf(occurrenceWithin),
      ended,
    );
  }

  get groupStart(): RowPlace | undefined {
    return this.#numbering.groupStart;
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
    const why = `may include line ${numbering.doubtfulLine}, whose key cannot be read, so this row cannot be counted`;
    return errorOfCell('uncertain-occurrence', column, numbering.group, why);
  }
}

function isReadable(parts: KeyParts): parts is readonly string[] {
  return !parts.includes(null);
}
