import type { MeasureKey, ReportPeriod } from '../../src/insight/index.js';
import type { ModelEvent, ModelledProgram, ModelMember } from './programModel.js';

/** The measures of a period as somebody would count them who has the events in a list, and no database. */
export function independentMeasures(
  { members, events, vouchers }: ModelledProgram,
  { from, to }: ReportPeriod,
  before: ReportPeriod,
): Partial<Record<MeasureKey, number>> {
  const within = events.filter(({ day }) => day >= from && day <= to);
  const sum = (some: readonly ModelEvent[], value: 'amount' | 'points'): number =>
    some.reduce((total, event) => total + event[value], 0) / 100;
  const ofKinds = (some: readonly ModelEvent[], ...kinds: ModelEvent['kind'][]): ModelEvent[] =>
    some.filter(({ kind }) => kinds.includes(kind));
  const people = (some: readonly ModelEvent[]): Set<ModelMember> => new Set(some.map(({ member }) => member));
  const acting = (some: readonly ModelEvent[]): Set<ModelMember> =>
    people(ofKinds(some, 'purchase', 'return', 'redemption'));
  const active = acting(within);
  const earlier = acting(events.filter(({ day }) => day >= before.from && day <= before.to));
  const purchases = ofKinds(within, 'purchase');
  const buyers = [...people(purchases)];
  const purchasesOf = Map.groupBy(purchases, ({ member }) => member);
  const repeated = buyers.filter((buyer) => (purchasesOf.get(buyer)?.length ?? 0) > 1);
  const revenue = sum(ofKinds(within, 'purchase', 'return'), 'amount');
  const upTo = events.filter(({ day }) => day <= to);
  const current = members.filter(
    ({ enrolled, status, ended }) =>
      enrolled <= to && status !== 'Merged' && (status === 'Active' ? true : ended !== null && ended > to),
  );
  const issued = sum(ofKinds(within, 'purchase', 'canceled'), 'points');
  const redeemed = sum(ofKinds(within, 'redemption'), 'points') - sum(ofKinds(within, 'givenBack'), 'points');
  const expired = sum(ofKinds(within, 'expiry'), 'points');
  return {
    members: current.length,
    newMembers: members.filter(({ enrolled }) => enrolled >= from && enrolled <= to).length,
    activeMembers: active.size,
    lapsedMembers: [...earlier].filter((member) => !active.has(member)).length,
    participationRate: active.size / current.length,
    revenue,
    purchases: purchases.length,
    purchasingMembers: buyers.length,
    repeatPurchaseRate: repeated.length / buyers.length,
    purchaseFrequency: purchases.length / buyers.length,
    averageOrderValue: revenue / purchases.length,
    customerLifetimeValue: sum(ofKinds(upTo, 'purchase', 'return'), 'amount') / people(ofKinds(upTo, 'purchase')).size,
    pointsIssued: issued,
    pointsRedeemed: redeemed,
    pointsExpired: expired,
    pointsTakenBack: sum(ofKinds(within, 'return', 'canceled'), 'points'),
    redemptionRate: redeemed / issued,
    breakageRate: expired / issued,
    pointsOutstanding:
      sum(ofKinds(upTo, 'purchase', 'givenBack', 'received'), 'points') -
      sum(ofKinds(upTo, 'return', 'redemption', 'expiry', 'sent'), 'points'),
    vouchersIssued: vouchers.filter((voucher) => voucher.issued >= from && voucher.issued <= to).length,
    vouchersUsed: vouchers.filter(({ used }) => used !== null && used >= from && used <= to).length,
  };
}
