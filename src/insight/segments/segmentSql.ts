import { decimalOf } from '../../base/decimal.js';
import type { SQLInputValue } from '../../base/sqlite/sqlite.js';
import { featureColumn, featureNamed } from './memberFeatures.js';
import { comparisonKeys } from './segmentShape.js';
import type { ComparisonKey, FeatureComparison, SegmentCondition, SegmentDefinition } from './segmentShape.js';

/** A condition on the rows of `memberFeature`, with the values of its question marks. */
export interface SqlCondition {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/** Returns the condition for members of a segment. */
export function segmentSql({ all, any }: SegmentDefinition): SqlCondition {
  return all ? joined(all.map(conditionSql), 'AND') : joined((any ?? []).map(conditionSql), 'OR');
}

function conditionSql(condition: SegmentCondition): SqlCondition {
  if ('all' in condition) return joined(condition.all.map(comparisonSql), 'AND');
  return 'any' in condition ? joined(condition.any.map(comparisonSql), 'OR') : comparisonSql(condition);
}

function comparisonSql(comparison: FeatureComparison): SqlCondition {
  const used = comparisonKeys.filter((key) => comparison[key] !== undefined);
  return joined(
    used.map((key) => oneSql(comparison, key)),
    'AND',
  );
}

const operators: Readonly<Partial<Record<ComparisonKey, string>>> = {
  is: '=',
  isNot: 'IS NOT',
  atLeast: '>=',
  atMost: '<=',
  moreThan: '>',
  lessThan: '<',
};

function oneSql(comparison: FeatureComparison, key: ComparisonKey): SqlCondition {
  const column = featureColumn(comparison);
  const given = [comparison[key] ?? ''].flat();
  const values = given.map((value) => storedValue(value, comparison));
  if (key === 'known') return { sql: `${column} ${comparison.known === true ? 'IS NOT' : 'IS'} NULL`, values: [] };
  if (key === 'in') return { sql: `${column} IN (${values.map(() => '?').join(', ')})`, values };
  if (key === 'top') return { sql: topSql(column), values: given.map(Number) };
  return { sql: `${column} ${operators[key] ?? '='} ?`, values };
}

/**
 * The members above 0 are counted, and the value of the last one of the share is the least that counts, so that members
 * with the same value are in it together.
 */
function topSql(column: string): string {
  const above = `FROM memberFeature WHERE ${column} > 0`;
  const last = `(SELECT max(0, CAST(ceil(count(*) * ? / 100.0) AS INTEGER) - 1) ${above})`;
  return `${column} >= (SELECT ${column} ${above} ORDER BY ${column} DESC LIMIT 1 OFFSET ${last})`;
}

function storedValue(value: string | number | boolean, { feature }: FeatureComparison): SQLInputValue {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string' || featureNamed(feature).kind !== 'hundredths') return value;
  // Exact: 1.15 times 100 is less than 115 in binary numbers.
  return decimalOf(value).times(100).toNumber();
}

function joined(conditions: readonly SqlCondition[], operator: 'AND' | 'OR'): SqlCondition {
  return {
    sql: `(${conditions.map(({ sql }) => sql).join(` ${operator} `)})`,
    values: conditions.flatMap(({ values }) => values),
  };
}
