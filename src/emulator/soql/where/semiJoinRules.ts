import type { Query } from '@jetstreamapp/soql-parser-js';
import type { Condition } from './whereCondition.js';
import type { Compilation } from '../compilation.js';
import { familyOf } from './fieldFamily.js';
import type { FieldPath, QueryScope } from '../queryScope.js';

/** Salesforce limit. */
const maxSemiJoins = 2;

/** Salesforce refuses semi-joins combined with OR, and more than two semi-joins. */
export function requireTopLevelJoins({ text }: Compilation, tree: Condition): void {
  const joins = semiJoinsOf(tree, false);
  if (joins.some(({ besideOr }) => besideOr)) {
    throw text.malformed("Semi join sub-selects are not allowed with the 'OR' operator");
  }
  if (joins.length > maxSemiJoins) throw text.malformed(`Cannot have more than ${maxSemiJoins} semi join sub-selects`);
}

function semiJoinsOf(tree: Condition, besideOr: boolean): { readonly besideOr: boolean }[] {
  switch (tree.kind) {
    case 'comparison':
      return 'valueQuery' in tree.comparison ? [{ besideOr }] : [];
    case 'not':
      return semiJoinsOf(tree.condition, besideOr);
    default:
      return tree.conditions.flatMap((part) => semiJoinsOf(part, besideOr || tree.kind === 'or'));
  }
}

/** One side of `Id IN (SELECT MemberId FROM …)`: the query and the field that is compared. */
export interface JoinSide {
  readonly scope: QueryScope;
  readonly path: FieldPath;
}

/** Both sides must be ids of the same object, and the two queries must be on different objects. */
export function requireJoinable({ text }: Compilation, outer: JoinSide, inner: JoinSide): void {
  for (const { path } of [outer, inner]) {
    if (familyOf(path.definition.type) === 'id') continue;
    const message = `The left operand and the selected field of a semi join must be ids: ${path.written}`;
    throw text.malformed(message, path.written);
  }
  if (outer.scope.object === inner.scope.object) {
    throw text.malformed('The inner and outer selects should not be on the same object type');
  }
  const targets = targetsOf(inner);
  if (targetsOf(outer).some((target) => targets.includes(target))) return;
  throw text.malformed(
    `The selected field '${inner.path.written}' in the subquery and the left operand field '${outer.path.written}' in the where expression in the outer query should point to the same object type`,
  );
}

function targetsOf({ scope, path: { definition, parents } }: JoinSide): readonly string[] {
  if (definition.type === 'reference') return definition.referenceTo ?? [];
  return parents.at(-1)?.tables.map(({ object }) => object.name) ?? [scope.object.name];
}

/** The order and number of rows have no meaning in a semi-join. */
export function refuseOtherClauses({ text }: Compilation, { groupBy, orderBy, limit, offset, for: use }: Query): void {
  const clauses = { GROUP: groupBy, ORDER: orderBy, LIMIT: limit, OFFSET: offset, FOR: use };
  for (const [word, clause] of Object.entries(clauses)) if (clause !== undefined) throw text.unexpected(word);
}
