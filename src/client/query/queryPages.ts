import type { QueryPage } from '../../contract/query.js';
import { LostAnswerError } from '../failures/callErrors.js';

/** An org has no reason to send empty pages. A few are tolerated nevertheless. */
const mostEmptyPages = 10;

type Page = Omit<QueryPage, 'records'> & { readonly records: readonly unknown[] };

/** Follows the pages of one query. Checks that they end, and that they have as many records as the first page says. */
export class QueryPages {
  readonly #object: string;
  readonly #paths = new Set<string>();
  #pages = 0;
  #empty = 0;
  #records = 0;

  constructor(soql: string) {
    this.#object = /\bFROM\s+(\w+)/i.exec(soql)?.[1] ?? 'an object';
  }

  /**
   * Returns the path of the page after this one, or undefined after the last one. Only a path is followed, so no answer
   * can send the token to another host.
   *
   * @throws {LostAnswerError}
   */
  next({ done, nextRecordsUrl, totalSize, records }: Page): string | undefined {
    this.#pages += 1;
    this.#records += records.length;
    if (this.#records > totalSize)
      throw this.#wrong(`holds ${this.#records} records, more than the ${totalSize} counted`);
    if (done && this.#records < totalSize) throw this.#wrong(`ended after ${this.#records} of ${totalSize} records`);
    if (done) return undefined;
    if (!nextRecordsUrl?.startsWith('/services/data/'))
      throw this.#wrong(`has no path to the page after ${this.#pages}`);
    if (this.#paths.has(nextRecordsUrl)) throw this.#wrong(`does not end: page ${this.#pages} leads to an earlier one`);
    if (records.length === 0) this.#empty += 1;
    if (this.#empty > mostEmptyPages) throw this.#wrong(`does not end: ${this.#empty} of its pages are empty`);
    this.#paths.add(nextRecordsUrl);
    return nextRecordsUrl;
  }

  #wrong(what: string): LostAnswerError {
    const message = `The query on ${this.#object} ${what}. The org is wrong, or a proxy that repeats stored answers.`;
    return new LostAnswerError('unreadable', message, true, { isRead: true });
  }
}
