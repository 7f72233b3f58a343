import type { Clock } from '../../base/clock.js';
import { OrgRefusal } from '../orgRefusal.js';
import type { QueryResult } from '../soql/index.js';
import { IdSequence } from '../store/ids/idSequence.js';

/** Since API version 56, a cursor is valid for two days. */
const lifetime = 2 * 24 * 3_600_000;
/** The platform has no such limit. Here the oldest cursors are dropped, so memory does not grow in a long run. */
const mostOpen = 1_000;
/** Maximum number of rows of all open cursors together. A cursor keeps the ids of its answer: 18 bytes per row. */
const mostRows = 10_000_000;

/** The answer to a query whose further pages can be requested. */
export interface Cursor {
  readonly result: QueryResult;
  readonly batchSize: number;
}

/** Open cursors. A locator such as `01g9z0000000001AAA-2000` contains a cursor and the offset of the next page. */
export class Cursors {
  readonly #open = new Map<string, Cursor & { readonly until: number }>();
  readonly #ids = new IdSequence('01g', undefined);
  #rows = 0;

  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @returns the cursor's id */
  open(cursor: Cursor): string {
    const { id } = this.#ids.next();
    this.#open.set(id, { ...cursor, until: this.#clock.now() + lifetime });
    this.#rows += cursor.result.totalSize;
    for (const [oldest, { result }] of this.#open) {
      if (oldest === id || (this.#open.size <= mostOpen && this.#rows <= mostRows)) break;
      this.#open.delete(oldest);
      this.#rows -= result.totalSize;
    }
    return id;
  }

  /** @throws {OrgRefusal} 400 INVALID_QUERY_LOCATOR when the locator is unknown, malformed, too old or past the end */
  find(locator: string): { readonly id: string; readonly cursor: Cursor; readonly offset: number } {
    const [, id = '', offset] = /^(\w{18})-(\d{1,9})$/.exec(locator) ?? [];
    const cursor = this.#open.get(id);
    if (!cursor || cursor.until < this.#clock.now() || Number(offset) >= cursor.result.totalSize) {
      throw invalidLocator();
    }
    return { id, cursor, offset: Number(offset) };
  }
}

export function invalidLocator(): OrgRefusal {
  return new OrgRefusal(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
}
