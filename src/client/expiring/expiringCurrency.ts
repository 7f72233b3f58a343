import { z } from 'zod';
import { addToDay, endOfMonth } from '../../base/dayArithmetic.js';
import type { DayUnit } from '../../base/dayArithmetic.js';
import { isSameId } from '../../base/sameId.js';
import type { MemberProfile } from '../../contract/endpoints/memberEndpoints.js';
import { ledgerSum } from '../ledgerSum.js';
import { remainingCredits } from './remainingCredits.js';
import type { RemainingCredit } from './remainingCredits.js';

/**
 * What the org does not tell, so that the answer is an estimate:
 *
 * - `order`: which credit a debit used. Assumed: the one that expires first
 * - `unexplained`: how the member got a part of the balance, because no ledger row has it
 * - `activity`: the last activity of the member, so that the points of an activity model have no date
 * - `extension`: whether the org extends the time of this member beyond the currency's period
 */
export const expiryDoubts = ['order', 'unexplained', 'activity', 'extension'] as const;
export type ExpiryDoubt = (typeof expiryDoubts)[number];

/** Points that are not part of the balance yet. */
export interface EscrowedCredit {
  /** `yyyy-MM-dd` from which they can be spent. */
  readonly escrowUntil: string;
  readonly points: number;
}

/** When the points of a member in one currency expire. */
export interface ExpiringCurrency {
  /** Id of the LoyaltyProgramCurrency. */
  readonly currencyId: string;
  readonly currencyName: string;
  readonly pointsBalance: number;
  /** `Fixed`: each credit has its day. `Activity`: all points expire together. Null for points that do not expire. */
  readonly expiryModel: string | null;
  /** Soonest first, those without a date last. Together they are the balance, unless it is negative. */
  readonly lots: readonly RemainingCredit[];
  readonly escrow: readonly EscrowedCredit[];
  /** `yyyy-MM-dd`: when the org last expired points of this member. Points whose day has come wait for the next time. */
  readonly lastExpirationRun: string | null;
  readonly doubts: readonly ExpiryDoubt[];
}

const text = z.string().nullable();
export const ExpiryModelRow = z.object({
  Id: z.string(),
  Name: z.string(),
  CurrencyType: text,
  ExpiryModel: text,
  ExpiryPeriodFrequency: z.number().nullable(),
  ExpiryPeriodUnit: text,
  ExtendExpiration: text,
});
type ExpiryModelRow = z.infer<typeof ExpiryModelRow>;
type ExpiryPeriod = Pick<ExpiryModelRow, 'ExpiryPeriodFrequency' | 'ExpiryPeriodUnit' | 'ExtendExpiration'>;

export const PointsLedgerRow = z.object({
  EventType: text,
  Points: z.number().nullable(),
  ExpiryDate: text,
  EscrowPointsCreditDate: text,
  ActivityDate: text,
  LoyaltyProgramCurrencyId: text,
});
type PointsLedgerRow = z.infer<typeof PointsLedgerRow>;

export function expiringCurrency(
  profile: MemberProfile,
  currency: ExpiryModelRow,
  ledgers: readonly PointsLedgerRow[],
): ExpiringCurrency {
  const held = profile.memberCurrencies?.find(({ loyaltyProgramCurrencyId: id }) => isSameId(id ?? '', currency.Id));
  const own = ledgers.filter(({ LoyaltyProgramCurrencyId: id }) => isSameId(id ?? '', currency.Id));
  const processed = held?.lastEscrowProcessedDate?.slice(0, 10) ?? '';
  const isEscrowed = ({ EscrowPointsCreditDate: day }: PointsLedgerRow): boolean => day !== null && day > processed;
  const balance = held?.pointsBalance ?? 0;
  return {
    currencyId: currency.Id,
    currencyName: currency.Name,
    pointsBalance: balance,
    lastExpirationRun: held?.lastExpirationProcessRunDate ?? null,
    escrow: escrowed(own.filter(isEscrowed)),
    ...lotsOf(
      profile,
      currency,
      own.filter((row) => !isEscrowed(row)),
      balance,
    ),
  };
}

type Lots = Pick<ExpiringCurrency, 'expiryModel' | 'lots' | 'doubts'>;

function lotsOf(
  profile: MemberProfile,
  currency: ExpiryModelRow,
  ledgers: readonly PointsLedgerRow[],
  balance: number,
): Lots {
  const expiryModel = currency.CurrencyType === 'Qualifying' ? null : currency.ExpiryModel;
  if (expiryModel === 'Activity') return { expiryModel, ...togetherLots(profile, currency, balance) };
  const { credits, isOrderAssumed } = remainingCredits(ledgers, balance);
  if (expiryModel === null) return { expiryModel, lots: together(balance, null, null), doubts: [] };
  const isUnexplained = credits.some(({ activityDate }) => activityDate === null);
  const doubts = [...(isOrderAssumed ? ['order' as const] : []), ...(isUnexplained ? ['unexplained' as const] : [])];
  return { expiryModel, lots: credits, doubts };
}

/** By the last activity that the profile has, which a job of the org may update only at night. */
function togetherLots(profile: MemberProfile, currency: ExpiryModelRow, balance: number): Omit<Lots, 'expiryModel'> {
  const last = profile.lastActivityDate?.slice(0, 10) ?? null;
  const expiryDate = last === null ? null : expiryAfterActivity(last, currency);
  if (expiryDate === null) return { lots: together(balance, null, last), doubts: ['activity'] };
  return { lots: together(balance, expiryDate, last), doubts: ['extension'] };
}

/**
 * Returns the day on which the points of an activity model expire, `yyyy-MM-dd`; null if the currency has no period.
 * @param last day of the last activity
 */
export function expiryAfterActivity(last: string, currency: ExpiryPeriod): string | null {
  const { ExpiryPeriodFrequency: count, ExpiryPeriodUnit: unit } = currency;
  if (count === null || !isDayUnit(unit)) return null;
  const day = addToDay(last, count, unit);
  return currency.ExtendExpiration === 'TillEndOfMonth' ? endOfMonth(day) : day;
}

function together(points: number, expiryDate: string | null, activityDate: string | null): RemainingCredit[] {
  return points > 0 ? [{ expiryDate, activityDate, points }] : [];
}

function isDayUnit(unit: string | null): unit is DayUnit {
  return unit === 'Days' || unit === 'Months' || unit === 'Years';
}

/** By day. A debit takes back what is in escrow. */
function escrowed(ledgers: readonly PointsLedgerRow[]): EscrowedCredit[] {
  const days = Map.groupBy(ledgers, ({ EscrowPointsCreditDate: day }) => day ?? '');
  return [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([escrowUntil, rows]) => {
      const balance = ledgerSum(rows).toNumber();
      return balance > 0 ? [{ escrowUntil, points: balance }] : [];
    });
}
