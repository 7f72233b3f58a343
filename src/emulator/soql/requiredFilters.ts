import type { Query } from '@jetstreamapp/soql-parser-js';
import { parseSoql } from './parseSoql.js';
import { SoqlText } from './soqlErrors.js';
import { conditionTree } from './where/whereCondition.js';
import type { Condition } from './where/whereCondition.js';

/**
 * Returns the paths that every row of the answer must satisfy a comparison with: those of WHERE that are not below OR or
 * NOT, as written.
 *
 * @throws {SoqlError} MALFORMED_QUERY when the text is not valid SOQL
 */
export function requiredFilters(soql: string): string[] {
  const { where }: Readonly<Query> = parseSoql(soql);
  return where ? pathsOf(conditionTree(where, new SoqlText(soql))) : [];
}

function pathsOf(condition: Condition): string[] {
  switch (condition.kind) {
    case 'and':
      return condition.conditions.flatMap(pathsOf);
    case 'comparison':
      return 'field' in condition.comparison && condition.comparison.field ? [condition.comparison.field] : [];
    default:
      return [];
  }
}
