import { addToDay } from '../../src/base/dayArithmetic.js';
import { measureDefinitions, readPeriod } from '../../src/insight/index.js';
import type { MeasureKey, ProgramReport } from '../../src/insight/index.js';

/** Each measure now and in the period before. */
const values: Readonly<Record<MeasureKey, readonly [number | null, number | null]>> = {
  members: [48_210, 46_970],
  newMembers: [1_312, 1_188],
  activeMembers: [17_804, 16_920],
  lapsedMembers: [4_106, null],
  participationRate: [0.3693, 0.3602],
  revenue: [1_284_310.4, 1_197_402.15],
  purchases: [41_870, 39_512],
  purchasingMembers: [17_120, 16_305],
  repeatPurchaseRate: [0.5612, 0.5498],
  purchaseFrequency: [2.4457, 2.4233],
  averageOrderValue: [30.67, 30.3],
  customerLifetimeValue: [412.8, 398.2],
  pointsIssued: [1_301_200, 1_214_900],
  pointsRedeemed: [842_150, 861_300],
  pointsExpired: [96_400, 88_120],
  pointsTakenBack: [31_870, 29_400],
  redemptionRate: [0.6472, 0.7089],
  breakageRate: [0.0741, 0.0725],
  pointsOutstanding: [9_874_300, 9_543_520],
  pointsLiability: [98_743, 95_435.2],
  vouchersIssued: [3_904, 3_610],
  vouchersUsed: [2_711, 2_690],
};

/** Seasons of a shop, from June to May. */
const seasons = [0.86, 0.78, 0.74, 0.83, 0.9, 1.02, 1.31, 0.72, 0.76, 0.88, 0.93, 1];

/** A report of a program that is doing well, without an org. */
export function exampleReport(): ProgramReport {
  return {
    period: readPeriod('2026-05'),
    previous: readPeriod('2026-04'),
    currency: 'Stars',
    measures: measureDefinitions.map((definition) => {
      const [value, previous] = values[definition.key];
      return { ...definition, value, previous };
    }),
    groups: [],
    months: seasons.map((season, index) => ({
      month: addToDay('2025-06-01', index, 'Months').slice(0, 7),
      newMembers: Math.round(1_290 * season + 30 * (index % 3)),
      activeMembers: Math.round(17_804 * (0.6 + 0.4 * season)),
      purchases: Math.round(41_870 * season),
      revenue: Math.round(1_284_310 * season),
      pointsIssued: Math.round(1_301_200 * season),
      pointsRedeemed: Math.round(842_150 * (0.5 + 0.5 * season)),
      pointsExpired: 61_000 + 3_200 * index,
      pointsOutstanding: 7_910_000 + 178_000 * index + Math.round(90_000 * season),
    })),
    tiers: [
      { group: 'Tiers', tier: 'Bronze', members: 33_102, up: 0, down: 214, first: 1_312 },
      { group: 'Tiers', tier: 'Silver', members: 11_870, up: 903, down: 71, first: 0 },
      { group: 'Tiers', tier: 'Gold', members: 3_238, up: 246, down: 0, first: 0 },
    ],
    cohorts: seasons.map((season, index) => ({
      month: addToDay('2025-06-01', index, 'Months').slice(0, 7),
      members: Math.round(1_290 * season),
      retained: Array.from(
        { length: 12 - index },
        (_, age) => Math.round(1000 * (0.24 + 0.5 * 0.72 ** age + 0.03 * Math.sin(index + age))) / 1000,
      ),
    })),
    promotions: [
      promotion('Ten cups, one free', [21_450, 1_904, 13_210], 2_310, 24),
      promotion('Harbour regular', [8_120, 610, 2_044], 402, 71),
      { ...promotion('Bring your own mug', [5_933, 388, 0], 0, null), type: 'Standard', completed: null },
      promotion('Summer terrace', [2_870, 2_870, 611], 590, 9),
    ],
    vouchers: [
      { definition: 'Free cup', issued: 2_900, used: 2_108, expired: 122, canceled: 31 },
      { definition: 'Pastry of the day', issued: 1_004, used: 603, expired: 210, canceled: 0 },
    ],
    events: [
      {
        ...{ name: 'Double stars at the weekend', promotion: null, journalType: 'Accrual' },
        before: readPeriod('2026-05-07..2026-05-08'),
        during: readPeriod('2026-05-09..2026-05-10'),
        after: readPeriod('2026-05-11..2026-05-12'),
        tookPart: group(4_812, [0.21, 6.4, 7.1], [1.12, 35.2, 72.9], [0.24, 7.3, 8]),
        others: group(42_075, [0.05, 1.52, 1.6], [0, 0, 0], [0.05, 1.5, 1.55]),
        caveat: 'This is a comparison and no proof: those who took part may have bought more anyway.',
      },
    ],
    goals: [
      goal('Fifteen million of sales in 2026', 'revenue', 15_000_000, 5_512_380, 6_205_479, 'behind'),
      goal('Fifty-four thousand members', 'members', 54_000, 48_210, 47_930, 'onTrack'),
      goal('Repeat purchases', 'repeatPurchaseRate', 0.55, 0.5612, 0.55, 'onTrack'),
      { ...goal('Few points expire', 'pointsExpired', 1_000_000, 398_120, 413_699, 'onTrack'), atMost: true },
    ],
  };
}

function promotion(
  name: string,
  [enrolled, enrolledInPeriod, completed]: readonly [number, number, number],
  vouchersInPeriod: number,
  medianDays: number | null,
): ProgramReport['promotions'][number] {
  return {
    ...{ promotion: name, type: 'Cumulative', enrolled, enrolledInPeriod, completed },
    ...{ vouchersInPeriod, medianDays },
  };
}

type PerMember = readonly [purchases: number, revenue: number, points: number];
type EventGroup = ProgramReport['events'][number]['tookPart'];

function group(members: number, before: PerMember, during: PerMember, after: PerMember): EventGroup {
  const span = ([purchases, revenue, points]: PerMember): EventGroup['during'] => ({
    ...{ purchases: Math.round(purchases * members), revenue: revenue * members, pointsIssued: points * members },
    ...{ purchasesPerMember: purchases, revenuePerMember: revenue, pointsPerMember: points },
  });
  return { members, before: span(before), during: span(during), after: span(after) };
}

type Goal = ProgramReport['goals'][number];

function goal(
  title: string,
  measure: MeasureKey,
  number: number,
  value: number,
  expected: number,
  state: Goal['state'],
): Goal {
  const unit = measureDefinitions.find(({ key }) => key === measure)?.unit ?? 'members';
  const days = { from: '2026-01-01', date: '2026-12-31', asOf: '2026-05-31' };
  return { title, measure, unit, number, atMost: false, ...days, value, expected, state };
}
