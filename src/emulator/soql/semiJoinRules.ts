import type { Condition } from './condition.js';
import type { Compilation } from './context.js';

/** Salesforce limit. */
const maxSemiJoins = 2;

/** Salesforce refuses a semi-join beside OR, and more than two of them. */
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
