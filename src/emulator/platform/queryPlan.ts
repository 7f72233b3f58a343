import type { Org } from '../org.js';
import { requiredFilters, runQuery } from '../soql/index.js';
import type { CompiledQuery } from '../soql/index.js';
import { isIndexedInOrg } from '../store/model/fieldAbilities.js';

/** Filters by which an org finds its rows in an index use it up to this share of all rows (SOQL reference). */
const selectiveShare = 0.3;
/** Cost of reading all rows, as in a sample of the guide. A cost above one means that the query is not selective. */
const costOfScan = 0.65;

/**
 * Answers how a query would find its rows. An org weighs several plans with statistics; here there is one, the first
 * filter on an indexed field or else a scan, and its numbers are exact.
 */
export function queryPlan({ store }: Org, soql: string, query: CompiledQuery): Record<string, unknown> {
  const type = store.type(query.object.name);
  const field = requiredFilters(soql)
    .flatMap((path) => type.field(path) ?? [])
    .find(isIndexedInOrg);
  const all = store.count(type.name);
  const cardinality = query.shape === 'records' ? runQuery(store.db, query).totalSize : all;
  const plan = {
    cardinality,
    fields: field ? [field.name] : [],
    leadingOperationType: field ? 'Index' : 'TableScan',
    notes: [
      {
        description: 'Not considering filter for optimization because unindexed',
        fields: ['IsDeleted'],
        tableEnumOrId: type.name,
      },
    ],
    relativeCost: field ? cardinality / Math.max(1, all * selectiveShare) : costOfScan,
    sobjectCardinality: all,
    sobjectType: type.name,
  };
  return { plans: [plan], sourceQuery: soql };
}
