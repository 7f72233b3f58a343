import { LostAnswerError } from './failures/callErrors.js';

export interface PagesOf<T> {
  /** Names what is read, as the beginning of a sentence: `The vouchers`. */
  readonly what: string;
  /** Rows of a full page. */
  readonly size: number;
  readonly idOf: (row: T) => string;
  /** Reads a page. The first is 1. */
  readonly page: (pageNumber: number) => Promise<readonly T[]>;
}

/**
 * Reads page by page, until one is not full. A row that moves to a later page meanwhile counts once.
 *
 * @throws {LostAnswerError} when the pages do not end: a full one has nothing new
 */
export async function everyPage<T>({ what, size, idOf, page }: PagesOf<T>): Promise<T[]> {
  const all = new Map<string, T>();
  for (let pageNumber = 1; ; pageNumber += 1) {
    const rows = await page(pageNumber);
    const known = all.size;
    for (const row of rows) all.set(idOf(row), row);
    if (rows.length < size) return [...all.values()];
    if (all.size === known) throw endless(what, `page ${pageNumber} has only what earlier pages have`);
  }
}

/** @param reason a clause */
export function endless(what: string, reason: string): LostAnswerError {
  const message = `${what} do not end: ${reason}. The org is wrong, or a proxy that repeats stored answers.`;
  return new LostAnswerError('unreadable', message, true, { isRead: true });
}
