import { decimalOf } from '../../../../base/decimal.js';
import type { Store } from '../../../store/store.js';
import type { SObjectRow } from '../../../store/tables/objectTable.js';
import { ProcessFailure } from '../../processFailure.js';
import { numberOf } from '../../rowValues.js';
import type { WriteContext } from '../../writeContext.js';
import { mergedTotals } from './mergedData.js';
import type { MergedData } from './mergedData.js';

/** The points of a member, by currency of the program. */
export function totalsOf(store: Store, memberId: string): MergedData['totals'] {
  return Object.fromEntries(
    store
      .find('LoyaltyMemberCurrency', { LoyaltyMemberId: memberId })
      .map((row) => [
        String(row['LoyaltyProgramCurrencyId']),
        Object.fromEntries(mergedTotals.map((name) => [name, numberOf(row, name)])) as MergedData['totals'][string],
      ]),
  );
}

/**
 * Moves points from one member to another. A member who is older than a currency gets its row.
 *
 * @throws {ProcessFailure} if the giver would have fewer than none of a kind, because they have been spent
 */
export function movePoints(
  writing: WriteContext,
  totals: MergedData['totals'],
  { from, to }: { readonly from: string; readonly to: string },
): void {
  for (const [currencyId, points] of Object.entries(totals)) {
    if (mergedTotals.every((name) => points[name] === 0)) continue;
    const giver = rowOf(writing, from, currencyId);
    addTo(writing, giver, { points, sign: -1 });
    addTo(writing, rowOf(writing, to, currencyId), { points, sign: 1 });
    const left = writing.store.get('LoyaltyMemberCurrency', giver.Id);
    if (left && numberOf(left, 'PointsBalance') < 0 && numberOf(giver, 'PointsBalance') >= 0) {
      throw new ProcessFailure(`Points of ${String(giver['Name'])} that would go back have been spent.`);
    }
  }
}

function rowOf({ store, userId }: WriteContext, memberId: string, currencyId: string): SObjectRow {
  const criteria = { LoyaltyMemberId: memberId, LoyaltyProgramCurrencyId: currencyId };
  const found = store.first('LoyaltyMemberCurrency', criteria);
  if (found) return found;
  const Name = store.get('LoyaltyProgramCurrency', currencyId)?.['Name'] ?? null;
  const id = store.insert('LoyaltyMemberCurrency', { ...criteria, Name }, { as: 'org', userId });
  const made = store.get('LoyaltyMemberCurrency', id);
  if (!made) throw new Error(`The record ${id} was not inserted.`);
  return made;
}

function addTo(
  { store, userId }: WriteContext,
  row: SObjectRow,
  { points, sign }: { readonly points: MergedData['totals'][string]; readonly sign: 1 | -1 },
): void {
  const changed = mergedTotals.map((name) => {
    const sum = decimalOf(numberOf(row, name)).plus(decimalOf(points[name]).times(sign));
    return [name, sum.toNumber()] as const;
  });
  store.update('LoyaltyMemberCurrency', row.Id, Object.fromEntries(changed), { as: 'org', userId });
}
