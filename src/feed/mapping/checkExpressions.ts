import { nearest } from '../../base/text/nearest.js';
import { columnsIn } from '../expressions/expressionNames.js';
import { parseExpression } from '../expressions/expression.js';
import type { NamedExpression } from '../expressions/rowEvaluator.js';
import { FeedError } from '../feedError.js';
import type { Mapping } from './mapping.js';

/** The expressions of a mapping file that see a whole row. */
export interface MappedExpressions extends Pick<Mapping, 'name' | 'place'> {
  readonly expressions: readonly NamedExpression[];
}

/**
 * @param columns as the header of the feed has them
 * @throws {FeedError} naming the first column that an expression needs and the feed does not have
 */
export function checkExpressions(mapping: MappedExpressions, columns: readonly string[], feed: string): void {
  for (const { name: part, path, source } of mapping.expressions) {
    const absent = columnsIn(parseExpression(source)).find(({ name }) => !columns.includes(name));
    if (absent === undefined) continue;
    const { name, position } = absent;
    const meant = nearest(name, columns);
    const where = `${mapping.name} line ${mapping.place.line(path)}`;
    throw new FeedError(
      'missing-column',
      `${where}: the expression of ${part} names the column ${name} (at character ${position}), which ${feed} does not have${meant === undefined ? '' : `; did you mean ${meant}?`}`,
      [
        `${meant === undefined ? `Name a column of ${feed}` : `Write ${meant} instead of ${name}`} in ${where}. For a column that only some feeds have, ask first: $exists(${name}) ? ${name}`,
      ],
    );
  }
}
