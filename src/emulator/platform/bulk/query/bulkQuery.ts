import type { Org } from '../../../org.js';
import { compileQuery, SoqlError } from '../../../soql/index.js';
import type { CompiledQuery } from '../../../soql/index.js';
import { parseSoql } from '../../../soql/parseSoql.js';
import type { Node } from '../../../soql/answer/recordPlan.js';
import { apiError } from '../bulkErrors.js';

/** One column of a result: its path in a record, and its type. */
export interface ResultColumn {
  readonly path: readonly string[];
  readonly isDouble: boolean;
  readonly isDateTime: boolean;
}

const csvOnly = 'in Bulk V2 Query with CSV content type';
const doubles = new Set(['currency', 'double', 'percent']);

/**
 * Compiles a bulk query.
 *
 * @throws {OrgRefusal} 400 API_ERROR when the SOQL is invalid or not supported in bulk queries
 */
export function compileBulkQuery(soql: string, version: number, org: Org, allRows: boolean): CompiledQuery {
  const schema = { object: (name: string) => org.store.model.type(name)?.definition };
  const { timeZone } = org.settings;
  const context = { schema, apiVersion: `${version}.0`, now: new Date(org.clock.now()), timeZone, allRows };
  try {
    const { offset, groupBy } = parseSoql(soql);
    if (groupBy) throw apiError('GROUP BY not supported in Bulk Query');
    if (offset !== undefined) throw apiError('OFFSET not supported in Bulk Query');
    const query = compileQuery(soql, context);
    if (query.object.madeWhenQueried) throw apiError(`Entity '${query.object.name}' is not supported by the Bulk API.`);
    if (query.shape !== 'records') throw apiError('Aggregate functions not supported in Bulk Query');
    for (const node of query.nodes) requireFlat(node);
    return query;
  } catch (error) {
    throw error instanceof SoqlError ? apiError(error.message) : error;
  }
}

function requireFlat(node: Node): void {
  if (node.kind === 'children') throw apiError(`Aggregate Relationships not supported ${csvOnly}`);
  if (node.kind === 'typeof') throw apiError('TYPEOF not supported in Bulk Query');
  if (node.kind === 'address') throw apiError('Selecting compound data not supported in Bulk Query');
  if (node.kind === 'parent') for (const inner of node.nodes) requireFlat(inner);
  else if (node.type === 'base64') throw apiError(`Blob field not supported ${csvOnly}`);
}

/** Returns the selected fields in the order of the query. */
export function resultColumns(nodes: readonly Node[], parents: readonly string[] = []): ResultColumn[] {
  return nodes.flatMap((node) => {
    const path = [...parents, node.key];
    if (node.kind === 'parent') return resultColumns(node.nodes, path);
    if (node.kind !== 'value') return [];
    return [{ path, isDouble: doubles.has(node.type), isDateTime: node.type === 'datetime' }];
  });
}
