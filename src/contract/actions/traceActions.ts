import { action } from '../action.js';
import { optional, recordId, wholeNumber } from '../parameter.js';

/**
 * Guide: "Map Traceable Points for Redemption Transactions". Finds the credits that have paid for redemptions whose traces
 * are pending: of one trace, or of all of a member. The two inputs must belong together.
 */
export const mapTraceablePtForRedemTrxn = action({
  name: 'mapTraceablePtForRedemTrxn',
  label: 'Map Traceable Points for Redemption Transactions',
  since: 66,
  inputs: { loyaltyLedgerTraceabilityId: optional(recordId), loyaltyProgramMemberId: optional(recordId) },
  outputs: { loyaltyProgramMemberId: optional(recordId), numberOfTracesProcessed: wholeNumber },
});
