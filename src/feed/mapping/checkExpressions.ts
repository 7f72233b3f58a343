import { nearest } from '../../base/text/nearest.js';
import { columnsIn } from '../expressions/expressionNames.js';
import { parseExpression } from '../expressions/expression.js';
import { FeedError } from '../feedError.js';
import type { Mapping } from './mapping.js';

/** The expressions of a mapping file. */
export interface MappedExpressions extends Pick<Mapping, 'name' | 'place' | 'skip'> {
  /** Those of the key and the member; a mapping of members has none. */
  readonly computed?: Mapping['computed'] | undefined;
  /** Fields, by the key of the file that has their rules. */
  readonly rules: { readonly journal: Mapping['journal'] } | { readonly fields: Mapping['journal'] };
}

/**
 * @param columns as the header of the feed has them
 * @throws {FeedError} naming the first column that an expression needs and the feed does not have
 */
export function checkExpressions(mapping: MappedExpressions, columns: readonly string[], feed: string): void {
  for (const { path, source } of expressionsOf(mapping)) {
    const absent = columnsIn(parseExpression(source)).find(({ name }) => !columns.includes(name));
    if (absent === undefined) continue;
    const { name, position } = absent;
    const meant = nearest(name, columns);
    const where = `${mapping.name} line ${mapping.place.line(path)}`;
    throw new FeedError(
      'missing-column',
      `${where}: the expression of ${path.at(-1)} names the column ${name} (at character ${position}), which ${feed} does not have${meant === undefined ? '' : `; did you mean ${meant}?`}`,
      [
        `${meant === undefined ? `Name a column of ${feed}` : `Write ${meant} instead of ${name}`} in ${where}. For a column that only some feeds have, ask first: $exists(${name}) ? ${name}`,
      ],
    );
  }
}

function expressionsOf({
  skip,
  computed = [],
  rules,
}: MappedExpressions): { readonly path: readonly (string | number)[]; readonly source: string }[] {
  const [[section, fields] = ['', []]] = Object.entries<Mapping['journal']>(rules);
  const ofFields = fields.flatMap(({ name, rule }) =>
    typeof rule === 'object' && 'expression' in rule ? [{ path: [section, name], source: rule.expression }] : [],
  );
  const ofColumns = computed.map(({ path, expression }) => ({ path, source: expression }));
  return [...(skip === undefined ? [] : [{ path: ['skip'], source: skip }]), ...ofColumns, ...ofFields];
}
