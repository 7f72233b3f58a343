import { defaultRowLimits } from '../../base/rowBytes.js';
import type { Select, TextRow } from './databaseConnection.js';
import { quoted } from './readTable.js';
import type { ReadTable } from './readTable.js';

/** What a row has in the columns of the order, as PostgreSQL writes it. */
export type Place = readonly string[];

/** A row as it is read. */
export interface OrderedRow {
  readonly place: Place;
  /** The row as a JSON object, or its beginning if it is too long. */
  readonly json: string;
  readonly isTooLong: boolean;
  /** Whether the next row has the same place. */
  readonly isTwice: boolean;
}

/** Which rows are read. */
export interface Stretch {
  /** The place behind which they are. Undefined for the first ones. */
  readonly after: Place | undefined;
  /** The place of the last one. */
  readonly upTo: Place;
  /** Most rows. */
  readonly rows: number;
}

/** Bytes of the rows that are sent together, at most, but for the last of them. */
const pageBytes = 8 * 1024 * 1024;
/** Characters that are shown of a row that is too long. */
const shownOfLong = 1024;

/** Reads the rows of a table in its order, as statements that find their place by an index. */
export class OrderedRows {
  readonly #table: ReadTable;
  /** The columns of the order, as SQL writes them. */
  readonly #columns: readonly string[];

  constructor(table: ReadTable) {
    this.#table = table;
    this.#columns = table.order.map(({ name }) => `feed.${quoted(name)}`);
  }

  /**
   * Returns the place of the last row behind a place; undefined if there is none. A row whose time has not come yet is
   * not there: everything that comes until then is in front of it.
   */
  async last(select: Select, after: Place | undefined): Promise<Place | undefined> {
    const behind = after
      ? [`${this.#row} > ${this.#parameters(0)}`]
      : this.#columns.map((column) => `${column} IS NOT NULL`);
    const [first] = this.#columns;
    const where = [...behind, ...(this.#table.order[0]?.category === 'D' ? [`${first ?? ''} <= now()`] : [])].join(
      ' AND ',
    );
    const descending = this.#columns.map((column) => `${column} DESC`).join(', ');
    const { rows } = await select(
      `SELECT ${this.#texts(this.#columns)} FROM ${this.#table.source} AS feed WHERE ${where} ORDER BY ${descending} LIMIT 1`,
      after ?? [],
    );
    return rows[0] && this.#placeOf(rows[0]);
  }

  /**
   * Returns the first rows of a stretch: all, or as many as its limit and the memory allow, and at least one. Numbers
   * are digits in the JSON of PostgreSQL, however many they have. The size of a row is computed by the server, so that
   * one that is too long is never sent.
   */
  async page(select: Select, { after, upTo, rows: most }: Stretch): Promise<OrderedRow[]> {
    const names = this.#columns.map((_, index) => `place${index}`);
    const order = names.join(', ');
    const isSame = names.map((name) => `${name} = lead(${name}) OVER pages`).join(' AND ');
    const { rows } = await select(
      `SELECT line, long::text AS long, twice::text AS twice, ${this.#texts(names)}
         FROM (SELECT line, long, ${order}, ${isSame} AS twice, row_number() OVER pages AS n,
                      sum(octet_length(line)) OVER pages - octet_length(line) AS bytes
                 FROM (SELECT ${order}, long, CASE WHEN long THEN left(line, ${shownOfLong}) ELSE line END AS line
                         FROM (SELECT ${order}, line, octet_length(line) > ${defaultRowLimits.maxBytes} AS long
                                 FROM (SELECT row_to_json(feed.*)::text AS line, ${this.#columns.map((column, index) => `${column} AS ${names[index] ?? ''}`).join(', ')}
                                         FROM ${this.#table.source} AS feed
                                        WHERE ${this.#between(after)}
                                        ORDER BY ${this.#columns.join(', ')} LIMIT ${most + 1}) AS found) AS sized) AS cut
               WINDOW pages AS (ORDER BY ${order})) AS page
        WHERE n <= ${most} AND bytes < ${pageBytes} ORDER BY n`,
      [...upTo, ...(after ?? [])],
    );
    return rows.map((row) => ({
      place: this.#placeOf(row),
      json: row['line'] ?? '',
      isTooLong: row['long'] === 'true',
      isTwice: row['twice'] === 'true',
    }));
  }

  /** Returns the first row of a stretch without its content, which is so large that the server cannot write it. */
  async withoutContent(select: Select, { after, upTo }: Stretch): Promise<OrderedRow | undefined> {
    const { rows } = await select(
      `SELECT ${this.#texts(this.#columns)} FROM ${this.#table.source} AS feed WHERE ${this.#between(after)}
        ORDER BY ${this.#columns.join(', ')} LIMIT 1`,
      [...upTo, ...(after ?? [])],
    );
    return rows[0] && { place: this.#placeOf(rows[0]), json: '', isTooLong: true, isTwice: false };
  }

  /** Whether the table has rows, and all of them are in front of a place. */
  async endsBefore(select: Select, place: Place): Promise<boolean> {
    if (await this.last(select, place)) return false;
    const { rows } = await select(
      `SELECT EXISTS (SELECT 1 FROM ${this.#table.source} AS feed WHERE ${this.#row} >= ${this.#parameters(0)})::text AS there,
              EXISTS (SELECT 1 FROM ${this.#table.source} AS feed)::text AS filled`,
      place,
    );
    return rows[0]?.['there'] === 'false' && rows[0]['filled'] === 'true';
  }

  /** Behind a place, if there is one, and not behind that of the first parameters. */
  #between(after: Place | undefined): string {
    const behind = after === undefined ? '' : `${this.#row} > ${this.#parameters(after.length)} AND `;
    return `${behind}${this.#row} <= ${this.#parameters(0)}`;
  }

  get #row(): string {
    return `(${this.#columns.join(', ')})`;
  }

  /** @param before number of parameters in front of them */
  #parameters(before: number): string {
    return `(${this.#table.order.map(({ type }, index) => `$${before + index + 1}::text::${type}`).join(', ')})`;
  }

  #texts(columns: readonly string[]): string {
    return columns.map((column, index) => `${column}::text AS text${index}`).join(', ');
  }

  #placeOf(row: TextRow): Place {
    return this.#columns.map((_, index) => row[`text${index}`] ?? '');
  }
}
