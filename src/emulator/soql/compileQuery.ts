import type { Query } from '@jetstreamapp/soql-parser-js';
import type { SObjectDefinition } from '../../contract/sobject.js';
import { compileAggregates, isAggregateQuery } from './group/aggregateQuery.js';
import { innerListsOf } from './select/childQuery.js';
import type { QueryMetadata } from './answer/columnMetadata.js';
import { queryMetadata } from './answer/columnMetadata.js';
import { Compilation } from './compilation.js';
import type { QueryContext } from './compilation.js';
import { SoqlError, SoqlText } from './soqlErrors.js';
import { fieldName } from './fieldExpression.js';
import { rowFilter } from './where/whereFilter.js';
import { orderBy } from './orderBy.js';
import { parseSoql } from './parseSoql.js';
import type { Node } from './answer/recordPlan.js';
import { QueryScope } from './queryScope.js';
import { SelectList } from './select/selectList.js';
import type { Sql } from './sqlFragment.js';
import { bound, join, nothing, sql } from './sqlFragment.js';

/** Salesforce limit. */
const maxOffset = 2000;
/** Salesforce limit. */
const maxSubqueries = 20;
const limitOnTotal = 'Non-grouped query that uses overall aggregate functions cannot also use LIMIT';
/** More rows than any table has. SQLite still accepts this number in LIMIT. */
const unlimited = Number.MAX_SAFE_INTEGER;

/** A query ready to run. It can run again as long as the `now` of its context is current. */
export interface CompiledQuery {
  readonly apiVersion: string;
  readonly object: SObjectDefinition;
  readonly shape: 'records' | 'aggregates' | 'count';
  readonly nodes: readonly Node[];
  /** Selects all rows. Column 0 is the `Id` in a query for records, and the number of rows in a count. */
  readonly statement: Sql;
  /** For records: selects only their ids, in order, as one text without separators (see `idLength`). */
  readonly ids: () => Sql;
  /**
   * For records: selects the rows with the given ids, in the order of the list.
   *
   * @param ids JSON array
   */
  readonly page: (ids: string) => Sql;
  readonly metadata: QueryMetadata;
  /** Whether the caller wants the records to count as viewed, or as referred to. */
  readonly use?: 'view' | 'reference';
}

/** @throws {SoqlError} with the platform's own message when the platform would refuse the query */
export function compileQuery(soql: string, context: QueryContext): CompiledQuery {
  const query = parseSoql(soql);
  const compilation = new Compilation(context, new SoqlText(soql));
  try {
    return compile(compilation, query);
  } catch (error) {
    // The query is nested too deeply for the stack. The platform has such a limit too.
    if (error instanceof RangeError) throw new SoqlError('QUERY_TOO_COMPLICATED', 'Query is too complicated');
    throw error;
  }
}

function compile(compilation: Compilation, query: Query): CompiledQuery {
  const { usingScope, withDataCategory } = query;
  if (withDataCategory) throw compilation.text.notImplemented('WITH DATA CATEGORY');
  if (usingScope && !/^everything$/i.test(usingScope)) throw compilation.text.notImplemented(`the scope ${usingScope}`);
  if ((query.offset ?? 0) > maxOffset) {
    throw new SoqlError('NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${maxOffset}`);
  }
  const scope = scopeOf(compilation, query);
  if (isCount(query)) return compileCount(compilation, scope, query);
  return isAggregateQuery(query) ? compileGroups(compilation, scope, query) : compileRecords(compilation, scope, query);
}

function scopeOf(compilation: Compilation, { sObject = '', sObjectAlias }: Query): QueryScope {
  return new QueryScope(compilation, compilation.object(sObject), [sObjectAlias ?? sObject, sObject]);
}

function isCount({ fields = [] }: Query): boolean {
  const [only] = fields;
  return (
    fields.length === 1 &&
    only?.type === 'FieldFunctionExpression' &&
    fieldName(only) === 'COUNT' &&
    only.parameters.length === 0
  );
}

function compileCount(compilation: Compilation, scope: QueryScope, query: Query): CompiledQuery {
  if (query.orderBy) throw compilation.text.malformed('COUNT() does not allow ORDER BY', 'ORDER');
  if (query.groupBy) throw compilation.text.malformed('COUNT() does not allow GROUP BY: use COUNT(Id)', 'GROUP');
  const where = whereOf(compilation, scope, query);
  const rows = sql`SELECT 1 FROM ${scope.from()} ${where} ${limitOf(query)}`;
  return {
    ...shared(compilation, scope, []),
    shape: 'count',
    statement: sql`SELECT count(*) FROM (${rows})`,
    ids: () => nothing,
    page: () => nothing,
  };
}

function compileRecords(compilation: Compilation, scope: QueryScope, query: Query): CompiledQuery {
  if ((query.fields ?? []).filter(({ type }) => type === 'FieldSubquery').length > maxSubqueries) {
    throw compilation.text.malformed(`The query has more than ${maxSubqueries} sub-queries, which is the limit`);
  }
  const list = new SelectList(compilation, scope, [scope.column('Id')]);
  list.addAll(query, innerListsOf(compilation, scope));
  const where = whereOf(compilation, scope, query);
  const order = orderBy(compilation, scope, query);
  const columns = join(list.columns, ', ');
  const use = useOf(query);
  return {
    ...shared(compilation, scope, list.nodes),
    shape: 'records',
    ...(use && { use }),
    statement: sql`SELECT ${columns} FROM ${scope.from()} ${where} ${order} ${limitOf(query)}`,
    ids: () => compileIds(compilation, query),
    page: (ids) => sql`SELECT ${columns} FROM json_each(${bound(ids)}) AS page CROSS JOIN ${scope.from()}
      WHERE ${scope.column('Id')} = page.value ORDER BY page.key`,
  };
}

/** `FOR VIEW` or `FOR REFERENCE`. The library knows one such clause in a query. */
function useOf({ for: clause }: Query): CompiledQuery['use'] {
  if (clause === 'VIEW') return 'view';
  return clause === 'REFERENCE' ? 'reference' : undefined;
}

/**
 * SQLite returns one text faster than a million rows, and the text keeps the order of the inner query. The inner query
 * joins only the parents that it filters or sorts by.
 */
function compileIds(compilation: Compilation, query: Query): Sql {
  const scope = scopeOf(compilation, query);
  const where = whereOf(compilation, scope, query);
  const order = orderBy(compilation, scope, query);
  const rows = sql`SELECT ${scope.column('Id')} AS "Id" FROM ${scope.from()} ${where} ${order} ${limitOf(query)}`;
  return sql`SELECT group_concat("Id", '') FROM (${rows})`;
}

function compileGroups(compilation: Compilation, scope: QueryScope, query: Query): CompiledQuery {
  if (!query.groupBy && query.limit !== undefined) throw compilation.text.malformed(limitOnTotal, 'LIMIT');
  const { nodes, statement } = compileAggregates(compilation, scope, query);
  return {
    ...shared(compilation, scope, nodes),
    shape: 'aggregates',
    statement: sql`${statement} ${limitOf(query)}`,
    ids: () => nothing,
    page: () => nothing,
    metadata: queryMetadata(scope.object, nodes, query.groupBy !== undefined),
  };
}

function shared(
  compilation: Compilation,
  { object }: QueryScope,
  nodes: readonly Node[],
): Pick<CompiledQuery, 'apiVersion' | 'object' | 'nodes' | 'metadata'> {
  const metadata = queryMetadata(object, nodes, false);
  return { apiVersion: compilation.context.apiVersion, object, nodes, metadata };
}

function whereOf(compilation: Compilation, scope: QueryScope, query: Query): Sql {
  const condition = rowFilter(compilation, scope, query.where);
  return condition ? sql`WHERE ${condition}` : nothing;
}

function limitOf({ limit, offset }: Pick<Query, 'limit' | 'offset'>): Sql {
  if (limit === undefined && offset === undefined) return nothing;
  return sql`LIMIT ${bound(Math.min(limit ?? unlimited, unlimited))} OFFSET ${bound(offset ?? 0)}`;
}
