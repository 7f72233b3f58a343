import { crud, date, dateTime, double, master, name, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * Balance of one member in one currency.
 * API 51 and later. Loyalty Management Developer Guide, "LoyaltyMemberCurrency".
 * Absent from some orgs, by feature or version: LastExpiredPtTraceabilityRunDt.
 *
 * A currency that is added later gets no rows for existing members by itself. Real profiles satisfy PointsBalance =
 * TotalPointsAccrued - TotalPointsRedeemed - TotalPointsExpired (59891.5 - 4500 = 55391.5). With HasEscrow, credits wait
 * in EscrowPointsBalance; how escrow enters the balance is not published: it is kept out until it rolls over.
 */
export const loyaltyMemberCurrency: SObjectDefinition = {
  name: 'LoyaltyMemberCurrency',
  label: 'Loyalty Member Currency',
  labelPlural: 'Loyalty Member Currencies',
  keyPrefix: '0lz',
  since: 51,
  ...crud,
  fields: {
    BalanceBeforeReset: double(),
    EscrowPointsBalance: double({
      calculated: { plus: ['TotalEscrowPointsAccrued'], minus: ['TotalEscrowRolloverPoints'] },
      since: 53,
    }),
    ExpirablePoints: double(),
    // High-water mark of the balance calculation.
    LastAccrualProcessedDate: dateTime(),
    LastEscrowProcessedDate: dateTime({ since: 53 }),
    LastExpirationProcessRunDate: date(),
    LastExpiredPtTraceabilityRunDt: date({ since: 65 }),
    // Last aggregation of fixed-model points.
    LastPointsAggregationDate: date(),
    LastResetDate: date(),
    LoyaltyMemberId: master('LoyaltyProgramMember', 'LoyaltyMember'),
    LoyaltyProgramCurrencyId: reference('LoyaltyProgramCurrency', 'LoyaltyProgramCurrency'),
    Name: name(),
    NextResetDate: date(),
    PointsBalance: double({
      calculated: { plus: ['TotalPointsAccrued'], minus: ['TotalPointsRedeemed', 'TotalPointsExpired'] },
    }),
    PointsBalBeforeSecondLastReset: double({ since: 55 }),
    RedemStlPendFromDateTime: dateTime({ since: 61 }),
    TotalEscrowPointsAccrued: double({ since: 53 }),
    TotalEscrowRolloverPoints: double({ since: 53 }),
    TotalPointsAccrued: double(),
    TotalPointsExpired: double(),
    TotalPointsRedeemed: double(),
  },
};
