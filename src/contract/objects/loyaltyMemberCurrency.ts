import { crud, date, dateTime, double, master, nameField, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * The balance of one member in one currency.
 * API 51 and later. Loyalty Management Developer Guide, "LoyaltyMemberCurrency".
 * Absent from some orgs, depending on features or version: LastExpiredPtTraceabilityRunDt.
 *
 * When a currency is added later, existing members get no rows automatically. In real profiles PointsBalance equals
 * TotalPointsAccrued - TotalPointsRedeemed - TotalPointsExpired (59891.5 - 4500 = 55391.5). With HasEscrow, credits
 * first go to EscrowPointsBalance. How escrow affects the balance is not published. Here escrowed points do not count
 * until they roll over.
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
    // How far the balance calculation has come.
    LastAccrualProcessedDate: dateTime(),
    LastEscrowProcessedDate: dateTime({ since: 53 }),
    LastExpirationProcessRunDate: date(),
    LastExpiredPtTraceabilityRunDt: date({ since: 65 }),
    // Time of the last aggregation of fixed-model points.
    LastPointsAggregationDate: date(),
    LastResetDate: date(),
    LoyaltyMemberId: master('LoyaltyProgramMember', 'LoyaltyMember'),
    LoyaltyProgramCurrencyId: reference('LoyaltyProgramCurrency', 'LoyaltyProgramCurrency'),
    Name: nameField(),
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
