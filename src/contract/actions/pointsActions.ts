import { action } from '../action.js';
import { numberParameter, optional, recordId, textParameter, wholeNumber } from '../parameter.js';

/** A member and one of the program's currencies. */
const balanceOfMember = {
  LoyaltyProgramMemberId: recordId,
  ProgramName: textParameter,
  ProgramCurrencyName: textParameter,
};

/** `LoyaltyProgramCurrencySubtypeName` is marked as required, but most currencies have no subtypes. */
const movement = {
  ...balanceOfMember,
  Points: numberParameter,
  JournalId: recordId,
  LoyaltyProgramCurrencySubtypeName: optional(textParameter),
  CorrelationId: optional(textParameter),
  FlowId: optional(textParameter),
  AdditionalNotes: optional(textParameter),
};

/** What the actions repeat of their inputs. A sample spells one of these keys in another case, so none is relied on. */
const repeated = {
  JournalId: optional(recordId),
  LoyaltyProgramMemberId: optional(recordId),
  ProgramCurrencyName: optional(textParameter),
  ProgramName: optional(textParameter),
};

/** Guide: "Credit Points". Needs an existing journal, which may be Processed already. Sent twice, it credits twice. */
export const creditPointsAction = action({
  name: 'creditPoints',
  label: 'Credit Points',
  since: 51,
  inputs: { ...movement, PointsExpirationDate: optional(textParameter) },
  outputs: repeated,
});

/** Guide: "Debit Points". Like a credit, without a date; its answer has the balance. */
export const debitPointsAction = action({
  name: 'debitPoints',
  label: 'Debit Points',
  since: 51,
  inputs: movement,
  outputs: { ...repeated, PointsBalance: optional(numberParameter) },
});

/**
 * Guide: "Adjust Points". Creates a journal of type Manual Points Adjustment. Flows call it by this name, the guide
 * addresses it by the other one. `AdjustmentType` is Credit or Debit; only a credit has an expiration date.
 */
export const adjustPointsAction = action({
  name: 'adjustPoints',
  aliases: ['adjustPointsAction'],
  label: 'Adjust Points',
  since: 51,
  inputs: {
    LoyaltyProgramMemberId: recordId,
    AdjustmentType: textParameter,
    Points: numberParameter,
    ReasonforChange: textParameter,
    LoyaltyProgramCurrencyId: optional(recordId),
    JournalId: optional(recordId),
    AdjustmentCategory: optional(textParameter),
    PointsExpirationDate: optional(textParameter),
  },
  outputs: { AdjustmentTransactionJournalId: recordId },
});

/** Guide: "Get Points Balance". Changes nothing. */
export const getPointsBalance = action({
  name: 'getPointsBalance',
  label: 'Get Points Balance',
  since: 51,
  isRead: true,
  inputs: balanceOfMember,
  outputs: {
    LoyaltyProgramMemberId: optional(recordId),
    PointsBalance: numberParameter,
    EscrowPointsBalance: optional(numberParameter),
    ProgramCurrencyName: optional(textParameter),
    ProgramName: optional(textParameter),
  },
});

/** Guide: "Transfer Points". Between two members, or to a group of the member. Only of points that can be spent. */
export const transferPointsAction = action({
  name: 'transferPoints',
  label: 'Transfer Points',
  since: 64,
  inputs: {
    programName: textParameter,
    programCurrencyName: optional(textParameter),
    transferPoints: optional(wholeNumber),
    sourceProgramMembershipNumber: optional(textParameter),
    sourceProgramMemberId: optional(recordId),
    targetProgramMembershipNumber: optional(textParameter),
    targetProgramMemberId: optional(recordId),
    additionalInformation: optional(textParameter),
  },
  outputs: {
    programName: optional(textParameter),
    programCurrencyName: optional(textParameter),
    pointsTransferred: numberParameter,
    sourceProgramMemberId: optional(recordId),
    targetProgramMemberId: optional(recordId),
    sourceTransactionJournalId: optional(recordId),
    targetTransactionJournalId: optional(recordId),
  },
});

/**
 * Guide: "Transfer Member Points to Groups". Gives each group of the member its percentage of the points that a
 * processed accrual has credited. It answers nothing.
 */
export const transferMemberPointsToGroups = action({
  name: 'transferMemberPointsToGroups',
  label: 'Transfer Member Points to Groups',
  since: 53,
  inputs: { JournalId: recordId },
  outputs: {},
});
