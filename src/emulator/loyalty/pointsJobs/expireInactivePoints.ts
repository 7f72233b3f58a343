import { typedRows } from '../../../base/sqlite/sqlite.js';
import { balanceOf } from '../engine/rewardBooks/memberCurrencies.js';
import { expiryDay } from '../rules/reward.js';
import type { PointsExpiry, ProgramCurrency } from '../rules/reward.js';
import { expirePoints } from './expirePoints.js';
import { ExtensionPeriods } from './extensionPeriods.js';
import type { PointsJobCall, PointsJobCount } from './pointsJob.js';

/**
 * "Expire Activity Based Non-Qualifying Points": all points of a member expire together, a period after the last
 * activity. A member who never did anything counts from the enrollment, which is inferred.
 */
export function expireInactivePoints(call: PointsJobCall, count: PointsJobCount): void {
  for (const currency of call.currencies) {
    const { expiry } = currency;
    if (expiry?.model === 'Activity') expireIn(call, { ...currency, expiry }, count);
  }
}

type ActivityCurrency = ProgramCurrency & { readonly expiry: PointsExpiry };

function expireIn(call: PointsJobCall, currency: ActivityCurrency, count: PointsJobCount): void {
  const { loyalty, writing, today } = call;
  const extensions = new ExtensionPeriods(writing.store, currency.id, 'ExpiryExtension');
  const due = membersWithPoints(call, currency).flatMap(({ memberId, last }) => {
    const expiryDate = expiryDay(last, currency.expiry);
    const extended = extensions.after(memberId, expiryDate) ?? expiryDate;
    return extended <= today && !extensions.isExempt(memberId) ? [{ memberId, expiryDate: extended }] : [];
  });
  const points = loyalty.engine.points.read(
    writing,
    due.map(({ memberId }) => memberId),
  );
  for (const { memberId, expiryDate } of due) {
    const held = points.currencies.ofMember(memberId).find(({ currencyId }) => currencyId === currency.id);
    if (!held) continue;
    expirePoints(call, points, { held, currency, points: [{ expiryDate, points: balanceOf(held) }] }, count);
  }
  points.save();
}

interface Holder {
  readonly memberId: string;
  /** `yyyy-MM-dd` */
  readonly last: string;
}

function membersWithPoints({ writing }: PointsJobCall, { id }: ProgramCurrency): Holder[] {
  const statement = writing.store.db.prepare(
    `SELECT m."Id" AS memberId, coalesce(m."LastActivityDate", m."EnrollmentDate") AS last
     FROM "LoyaltyMemberCurrency" AS c JOIN "LoyaltyProgramMember" AS m ON m."Id" = c."LoyaltyMemberId"
     WHERE c."LoyaltyProgramCurrencyId" = ? AND c."PointsBalance" > 0 AND c."IsDeleted" = 0 AND m."IsDeleted" = 0`,
  );
  return typedRows<Holder>(statement, id);
}
