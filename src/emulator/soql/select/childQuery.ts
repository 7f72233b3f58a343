import type { FieldSubquery, Subquery } from '@jetstreamapp/soql-parser-js';
import type { SObjectDefinition } from '../../../contract/sobject.js';
import { absentRelationship } from '../../unimplemented/standardRelationships.js';
import { isAggregateQuery } from '../group/aggregateQuery.js';
import type { Compilation } from '../compilation.js';
import { rowFilter } from '../where/whereFilter.js';
import { orderBy } from '../orderBy.js';
import type { ChildQuery } from '../answer/recordPlan.js';
import { QueryScope } from '../queryScope.js';
import { SelectList } from './selectList.js';
import type { InnerLists } from './selectList.js';
import { compileTypeof } from './typeofItem.js';
import type { Sql } from '../sqlFragment.js';
import { balanced, bound, join, sql } from '../sqlFragment.js';

/** Levels of a query with sub-queries, the first one included: Salesforce limits since API version 58, and before. */
const mostLevels = 5;
const mostLevelsBefore = 2;
const deepSince = 58;

/** Compiles what a select list has in parentheses, and its TYPEOF. @param level of these sub-queries: 2 in the root */
export function innerListsOf(compilation: Compilation, scope: QueryScope, level = 2): InnerLists {
  return {
    child: (item) => compileChild(compilation, scope.object, item, level),
    typeOf: (item, columns) => compileTypeof(compilation, scope, item, columns),
  };
}

function requireLevel({ context, text }: Compilation, level: number): void {
  const most = Number(context.apiVersion) >= deepSince ? mostLevels : mostLevelsBefore;
  if (level > most) throw text.malformed(`The query has more than ${most} levels of sub-queries, which is the limit`);
}

/**
 * Compiles `(SELECT … FROM LoyaltyProgramMembers)` in a select list. LIMIT and OFFSET apply to each parent separately.
 *
 * @throws {SoqlError} INVALID_TYPE when the parent has no such children
 */
function compileChild(
  compilation: Compilation,
  parent: SObjectDefinition,
  { subquery }: FieldSubquery,
  level: number,
): { key: string; child: ChildQuery } {
  const { text } = compilation;
  requireLevel(compilation, level);
  const { relationshipName, sObjectAlias } = subquery;
  if (isAggregateQuery(subquery)) throw text.malformed('only root queries support aggregate expressions');
  const lower = relationshipName.toLowerCase();
  const relationship = parent.children?.find(({ name }) => name.toLowerCase() === lower);
  const object = relationship && compilation.context.schema.object(relationship.childObject);
  if (!object) throw absentRelationship(relationshipName) ?? text.noSuchChildren(relationshipName);
  const scope = new QueryScope(compilation, object, [sObjectAlias ?? relationshipName, relationshipName, object.name]);
  const parentId = scope.resolve(relationship.field).column;
  const list = new SelectList(compilation, scope, [parentId, scope.column('Id')]);
  list.addAll(subquery, innerListsOf(compilation, scope, level + 1));
  const statement = childStatement(compilation, { scope, parentId, columns: list.columns, subquery });
  return { key: relationship.name, child: { objectName: object.name, nodes: list.nodes, statement } };
}

interface ChildParts {
  readonly scope: QueryScope;
  readonly parentId: Sql;
  readonly columns: readonly Sql[];
  readonly subquery: Subquery;
}

function childStatement(compilation: Compilation, parts: ChildParts): ChildQuery['statement'] {
  const { scope, parentId, columns, subquery } = parts;
  const condition = rowFilter(compilation, scope, subquery.where);
  const order = orderBy(compilation, scope, subquery);
  const from = scope.from();
  return (parentIds) => {
    const ofParents = sql`${parentId} IN (SELECT value FROM json_each(${bound(parentIds)}))`;
    const where = condition ? balanced([ofParents, condition], 'AND') : ofParents;
    const { limit, offset = 0 } = subquery;
    if (limit === undefined && offset === 0) {
      return sql`SELECT ${join(columns, ', ')} FROM ${from} WHERE ${where} ${order}`;
    }
    const rank = sql`row_number() OVER (PARTITION BY ${parentId} ${order}) AS "rank"`;
    const ranked = sql`SELECT ${join([...columns, rank], ', ')} FROM ${from} WHERE ${where}`;
    const last = bound(limit === undefined ? Number.MAX_SAFE_INTEGER : offset + limit);
    return sql`SELECT * FROM (${ranked}) WHERE "rank" > ${bound(offset)} AND "rank" <= ${last} ORDER BY "rank"`;
  };
}
