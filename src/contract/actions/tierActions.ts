import { action } from '../action.js';
import { optional, recordId, textParameter, wholeNumber } from '../parameter.js';

const tierGroupOfMember = {
  LoyaltyProgramMemberId: recordId,
  ProgramName: textParameter,
  TierGroupName: textParameter,
};

const change = { ...tierGroupOfMember, TargetTierName: textParameter, ChangeReason: optional(textParameter) };

/** What the actions repeat of their inputs. */
const changed = {
  LoyaltyProgramMemberId: optional(recordId),
  ProgramName: optional(textParameter),
  TierGroupName: optional(textParameter),
  TargetTierName: optional(textParameter),
};

/** Guide: "Change Tier". Sent twice, it changes the tier once. */
export const changeTierAction = action({
  name: 'changeTier',
  label: 'Change Tier',
  since: 51,
  inputs: change,
  outputs: changed,
});

/** Guide: "Change All Tier or None". One input that fails undoes all of them. Flows call it by this name. */
export const changeTierWhenNoErrors = action({
  name: 'changeTierWhenNoErrors',
  aliases: ['changeAllTierOrNone'],
  label: 'Change All Tier or None',
  since: 51,
  inputs: { ...change, ChangeReasonType: optional(textParameter) },
  outputs: changed,
});

/** Guide: "Get Tier". Changes nothing. `ProgramName` is only in the sample. */
export const getTierAction = action({
  name: 'getTier',
  label: 'Get Tier',
  since: 51,
  isRead: true,
  inputs: tierGroupOfMember,
  outputs: {
    LoyaltyProgramMemberId: optional(recordId),
    ProgramName: optional(textParameter),
    TierGroupName: optional(textParameter),
    TierName: optional(textParameter),
    SequenceNumber: optional(wholeNumber),
  },
});
