import type { FeatureValue } from '../../src/insight/index.js';
import { addToDay } from '../../src/base/dayArithmetic.js';
import type { ModelEvent, ModelledProgram, ModelMember, ModelVoucher } from './programModel.js';

const minimums = { Bronze: 0, Silver: 150, Gold: 400 };
type Tier = keyof typeof minimums;

/** The features of the active members as somebody would work them out who has the events in a list, and no database. */
export function independentFeatures(
  { members, events, vouchers }: ModelledProgram,
  today: string,
  spans: readonly number[],
): Map<string, Record<string, FeatureValue>> {
  const eventsOf = Map.groupBy(events, ({ member }) => member);
  const vouchersOf = Map.groupBy(vouchers, ({ member }) => member);
  const active = members.filter(({ status }) => status === 'Active');
  return new Map(
    active.map((member) => {
      const own = { member, today, events: eventsOf.get(member) ?? [], vouchers: vouchersOf.get(member) ?? [] };
      const within = spans.map((days) => renamed(countsOf(own, addToDay(today, -days, 'Days')), days));
      return [member.id, Object.assign({}, standing(own), countsOf(own, ''), expiring(own, spans), ...within)];
    }),
  );
}

interface Own {
  readonly member: ModelMember;
  readonly today: string;
  readonly events: readonly ModelEvent[];
  readonly vouchers: readonly ModelVoucher[];
}

function standing({ member, today, events, vouchers }: Own): Record<string, FeatureValue> {
  const past = events.filter(({ day }) => day <= today);
  const acts = past.filter(({ kind }) => ['purchase', 'return', 'redemption'].includes(kind));
  const open = vouchers.filter(({ status, expires }) => status === 'Issued' && expires >= today);
  const held = member.tiers.find(({ since, until }) => since <= today && (until === null || until > today));
  const above = (Object.keys(minimums) as Tier[]).find((name) => minimums[name] > minimums[held?.tier as Tier]);
  const minimum = above ? minimums[above] : 0;
  const shares = member.progress.filter(({ completed, target }) => completed < target);
  return {
    type: 'Individual',
    channel: member.channel,
    receivesPromotions: member.receivesPromotions,
    daysSinceEnrollment: daysBetween(member.enrolled, today),
    daysSinceActivity: daysSinceLast(acts, today),
    daysSincePurchase: daysSinceLast(
      acts.filter(({ kind }) => kind === 'purchase'),
      today,
    ),
    pointsBalance: balanceOf(events) / 100,
    tier: held?.tier ?? null,
    nextTier: above ?? null,
    pointsToNextTier: above ? Math.max(0, minimum - member.tierPoints) : null,
    tierPercent: above ? rounded(Math.min(100, (100 * member.tierPoints) / minimum)) : null,
    promotionPercent:
      shares.length === 0
        ? null
        : rounded(Math.max(...shares.map(({ completed, target }) => (100 * completed) / target))),
    vouchersOpen: open.length,
    daysToVoucherExpiry: open.length === 0 ? null : Math.min(...open.map(({ expires }) => daysBetween(today, expires))),
  };
}

function countsOf({ events, vouchers, today }: Own, after: string): Record<string, number> {
  const counted = events.filter(({ day }) => day > after && day <= today);
  const of = (...kinds: ModelEvent['kind'][]): ModelEvent[] => counted.filter(({ kind }) => kinds.includes(kind));
  return {
    purchases: of('purchase').length,
    spend: sum(of('purchase', 'return').map(({ amount }) => amount)) / 100,
    redemptions: of('redemption').length,
    pointsEarned: sum(of('purchase', 'canceled').map(({ points }) => points)) / 100,
    pointsRedeemed:
      (sum(of('redemption').map(({ points }) => points)) - sum(of('givenBack').map(({ points }) => points))) / 100,
    vouchersUsed: vouchers.filter(({ used }) => used !== null && used > after && used <= today).length,
  };
}

/** Points are taken one credit at a time from the one that expires first; a debt is paid by the next credit. */
function expiring({ events, today }: Own, spans: readonly number[]): Record<string, FeatureValue> {
  const lots: { until: string; from: string; points: number }[] = [];
  let debt = 0;
  for (const { day, points, expires, change } of events
    .flatMap(changesOf)
    .sort((a, b) => (a.day < b.day ? -1 : Number(a.day > b.day)))) {
    if (change > 0) {
      const paid = Math.min(debt, points);
      debt -= paid;
      lots.push({ until: expires ?? '9999', from: day, points: points - paid });
      continue;
    }
    let due = points;
    for (const lot of lots.sort((a, b) =>
      a.until + a.from < b.until + b.from ? -1 : Number(a.until + a.from > b.until + b.from),
    )) {
      const taken = Math.min(due, lot.points);
      lot.points -= taken;
      due -= taken;
    }
    debt += due;
  }
  const left = lots.filter(({ until, points }) => points > 0 && until >= today && until !== '9999');
  const within = (days: number): number =>
    sum(left.filter(({ until }) => until <= addToDay(today, days, 'Days')).map(({ points }) => points)) / 100;
  return {
    daysToPointsExpiry: left.length === 0 ? null : Math.min(...left.map(({ until }) => daysBetween(today, until))),
    ...Object.fromEntries(spans.map((days) => [`pointsExpiring${days}`, within(days)])),
  };
}

function changesOf(event: ModelEvent): (ModelEvent & { readonly change: number })[] {
  if (event.kind === 'canceled')
    return [
      { ...event, change: 1 },
      { ...event, change: -1 },
    ];
  if (['purchase', 'givenBack', 'received'].includes(event.kind)) return [{ ...event, change: 1 }];
  return event.kind === 'pending' ? [] : [{ ...event, change: -1 }];
}

function balanceOf(events: readonly ModelEvent[]): number {
  return sum(events.flatMap(changesOf).map(({ points, change }) => points * change));
}

function renamed(values: Record<string, FeatureValue>, days: number): Record<string, FeatureValue> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${name}${days}`, value]));
}

function daysSinceLast(events: readonly ModelEvent[], today: string): number | null {
  const last = events
    .map(({ day }) => day)
    .sort()
    .at(-1);
  return last === undefined ? null : daysBetween(last, today);
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
