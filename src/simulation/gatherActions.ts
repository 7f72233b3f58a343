import { decimalOf } from '../base/decimal.js';
import type { ActionDifference } from './actionDifferences.js';

/** Differences of an action for several transactions. */
export interface GatheredAction extends Omit<ActionDifference, 'points'> {
  /** How often. */
  readonly times: number;
  /** Sums by currency. */
  readonly points: readonly { readonly currency: string; readonly change: number; readonly escrow: number }[];
}

/** Puts together what is different in the same way: the same action, version and reason. */
export function gatherActions(differences: readonly ActionDifference[]): GatheredAction[] {
  const kinds = Map.groupBy(differences, ({ points: _, ...kind }) => JSON.stringify(kind));
  return [...kinds.values()].flatMap((all) => {
    const [first] = all;
    return first ? [{ ...first, times: all.length, points: sums(all) }] : [];
  });
}

function sums(differences: readonly ActionDifference[]): GatheredAction['points'] {
  const byCurrency = Map.groupBy(
    differences.flatMap(({ points }) => points ?? []),
    ({ currency }) => currency,
  );
  return [...byCurrency].map(([currency, all]) => ({
    currency,
    change: all.reduce((sum, { change }) => sum.plus(change), decimalOf(0)).toNumber(),
    escrow: all.reduce((sum, { escrow }) => sum.plus(escrow), decimalOf(0)).toNumber(),
  }));
}
