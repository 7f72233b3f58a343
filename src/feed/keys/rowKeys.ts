import { controlCharacter, hasControlCharacter } from '../controlCharacter.js';
import type { EndedGroups } from '../feed.js';
import type { Cell } from '../mapping/mappedFields.js';
import { errorOfCell } from '../rowError.js';
import type { RowError } from '../rowError.js';
import type { Mapping } from '../mapping/mapping.js';
import { KeyNumbering } from './keyNumbering.js';
import type { KeyParts, RowPlace } from './keyNumbering.js';

/** Reads the key of each row, and finds what is wrong with it. Every row must pass, in order. */
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

  /** The natural key of a row; the row counts from now on, whatever else becomes of it. */
  next(at: RowPlace): string | RowError {
    const parts = this.#parts();
    if (isReadable(parts)) return this.#numbered(parts, at);
    this.#numbering.doubt({ line: at.line, parts }, at);
    const missing = this.#key.columns[parts.indexOf(null)] ?? '';
    const value = this.#cell(missing);
    if (value !== '') return controlCharacter(missing, value);
    return errorOfCell('missing-key', missing, '', 'is empty, so that the row has no key');
  }

  /** A row that is no event counts if it has a key; if it has none, it leaves no doubt about others. */
  skip(at: RowPlace): void {
    const parts = this.#parts();
    if (isReadable(parts)) this.#numbering.number(parts, at);
  }

  /** A line that is no row. `text` if none of it is missing. */
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
    const why = `may include line ${numbering.doubtfulLine}, whose key cannot be read, so that this row cannot be counted`;
    return errorOfCell('uncertain-occurrence', column, numbering.group, why);
  }
}

function isReadable(parts: KeyParts): parts is readonly string[] {
  return !parts.includes(null);
}
