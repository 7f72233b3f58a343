import { FeedError } from '../feedError.js';
import { readMemberFile } from './memberFile.js';

/** A member that a line of a file names, or why the line cannot be used. */
export type NumberedLine = { readonly line: number } & (
  { readonly membershipNumber: string } | { readonly problem: string }
);

const isNumberColumn = (name: string): boolean => name.toLowerCase() === 'membershipnumber';

/**
 * Yields the membership numbers of a file (CSV, NDJSON, or `-` for CSV from standard input), line by line. Other columns
 * are ignored.
 *
 * @param delimiter character between the cells of a CSV row. Default: comma
 * @throws {FeedError} if the file as a whole cannot be used
 */
export async function* readMemberNumbers(path: string, delimiter?: string): AsyncGenerator<NumberedLine, void, void> {
  const onHeader = (columns: readonly string[]): void => {
    if (columns.filter(isNumberColumn).length === 1) return;
    throw new FeedError('no-header', `${path}, line 1 does not have one column membershipNumber.`, [
      'Begin the file with a line of column names, one of which is membershipNumber.',
    ]);
  };
  for await (const rows of readMemberFile(path, { delimiter, onHeader })) {
    for (const row of rows) {
      const { line } = row;
      if ('problem' in row) {
        yield { line, problem: `The line ${row.problem}.` };
        continue;
      }
      const membershipNumber = row.values.find(([name]) => isNumberColumn(name))?.[1];
      yield membershipNumber === undefined
        ? { line, problem: 'The line has no membershipNumber.' }
        : { line, membershipNumber };
    }
  }
}
