import type { Decimal } from '../../../base/decimal.js';
import type { CurrencyBalance } from '../engine/rewardBooks/memberCurrencies.js';
import type { OpenPoints } from '../engine/rewardBooks/pointsBook.js';
import { insertOrgJournal } from '../systemJournals.js';
import type { ProgramCurrency } from '../rules/reward.js';
import type { PointsJobCall, PointsJobCount } from './pointsJob.js';

/** Points of one member that have expired. */
interface Expired {
  readonly held: CurrencyBalance;
  readonly currency: ProgramCurrency;
  readonly points: ReadonlyArray<{ readonly expiryDate: string; readonly points: Decimal }>;
}

/** Writes one journal of the type Points Expiration, and a ledger row of the type Expiry for each day. */
export function expirePoints(call: PointsJobCall, points: OpenPoints, expired: Expired, count: PointsJobCount): void {
  const { loyalty, writing, programId, today } = call;
  const { held, currency } = expired;
  if (expired.points.length > 0) {
    const { memberId } = held;
    const journal = insertOrgJournal(loyalty, writing, { programId, memberId, type: 'Points Expiration' });
    for (const { expiryDate, points: due } of expired.points) {
      points.enter(journal, { kind: 'points', currency, points: due.negated(), expiryDate, isExpiry: true });
      count.add(memberId, due);
    }
  }
  const { store, userId } = writing;
  store.update('LoyaltyMemberCurrency', held.id, { LastExpirationProcessRunDate: today }, { as: 'org', userId });
}
