import { action } from '../action.js';
import { numberParameter, optional, recordId, textParameter } from '../parameter.js';

/**
 * Guide: "Reinstate Points". Gives back the points of an activity-model currency that expired within the reinstatement
 * window (LoyaltyPgmCurrencyExtPrd). The member is named by one of the two.
 */
export const reinstatePoints = action({
  name: 'reinstatePoints',
  label: 'Reinstate Points',
  since: 67,
  inputs: {
    loyaltyProgramName: textParameter,
    loyaltyProgramCurrencyName: textParameter,
    loyaltyProgramMemberId: optional(recordId),
    loyaltyProgramMembershipNumber: optional(textParameter),
  },
  outputs: { pointsReinstated: numberParameter, reinstatementTransactionJournalId: optional(recordId) },
});
