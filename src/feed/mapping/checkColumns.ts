import { nearest } from '../../base/text/nearest.js';
import { FeedError } from '../feedError.js';
import type { Mapping } from './mapping.js';

/** Takes the place of a column that only a person can name, in a drafted mapping. No feed has such a column. */
export const whichColumn = 'WHICH_COLUMN';

/**
 * Checks that the feed has every column that the mapping needs.
 * @param columns as in the header of the feed
 * @throws {FeedError} that names the first column that is missing or occurs twice
 */
export function checkColumns(
  mapping: Pick<Mapping, 'name' | 'columns' | 'usesExpressions'>,
  columns: readonly string[],
  feed: string,
): void {
  for (const { column, line } of mapping.columns) {
    const where = `${mapping.name} line ${line}`;
    // Rows of JSON have no header, so that every column of the mapping is one of theirs.
    if (column === whichColumn) throw undecided(where, feed);
    if (!columns.includes(column)) throw missing(column, columns, where, feed);
    checkUnique(column, columns, where, feed);
  }
  if (mapping.usesExpressions)
    for (const column of columns)
      if (column !== '') checkUnique(column, columns, `An expression in ${mapping.name}`, feed);
}

function checkUnique(column: string, columns: readonly string[], who: string, feed: string): void {
  const first = columns.indexOf(column);
  const second = columns.indexOf(column, first + 1);
  if (second === -1) return;
  throw new FeedError(
    'ambiguous-column',
    `${who} may read the column ${column}, but ${feed} has it twice, at ${first + 1} and ${second + 1}.`,
    [`Rename one of the two in ${feed}.`],
  );
}

function undecided(where: string, feed: string): FeedError {
  return new FeedError('missing-column', `${where} still has ${whichColumn}, where only you can name the column.`, [
    `Write a column of ${feed} instead of ${whichColumn} in ${where}; the comment above it says which one is meant.`,
  ]);
}

const mostColumnsInMessage = 40;

function missing(column: string, columns: readonly string[], where: string, feed: string): FeedError {
  const shown = columns.slice(0, mostColumnsInMessage).map((each) => each.slice(0, mostColumnsInMessage));
  const known = `${shown.join(', ')}${columns.length > shown.length ? ', …' : ''}`;
  return new FeedError(
    'missing-column',
    `${where} names the column ${column}, but the columns of ${feed} are ${known}.`,
    [nextStep(column, columns, where)],
  );
}

function nextStep(column: string, columns: readonly string[], where: string): string {
  const delimiter = columns.length === 1 ? /[;\t|,]/.exec(columns[0] ?? '')?.[0] : undefined;
  if (delimiter !== undefined) return `Add \`delimiter: ${JSON.stringify(delimiter)}\` to the mapping.`;
  const meant = nearest(column, columns);
  return meant === undefined
    ? `Name one of these columns in ${where}, or correct the feed.`
    : `Write ${meant} instead of ${column} in ${where}, or correct the feed.`;
}
