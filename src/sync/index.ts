/**
 * Mirrors transaction feeds into a loyalty program: exactly once, in order per member, resumable.
 *
 * ```ts
 * const client = await LoyaltyClient.connect({ instanceUrl, clientId, clientSecret });
 * await using outbox = await SqliteOutbox.open('till.outbox');
 * const mapping = await loadMapping('till.yml');
 * const report = await startSync({ client, program: 'Harbour Rewards', outbox,
 *   source: mapping.source, feeds: [await openFeed('till.csv', mapping)] });
 * ```
 *
 * @module
 */
export * from '../feed/index.js';
export * from '../outbox/index.js';
export { Transaction, contentHash, detailsHash, externalTransactionNumber, idempotencyKey } from '../transaction.js';
export { StoppedError } from './attempt.js';
export { askEarly } from './preflight.js';
export type { AskedEarly } from './preflight.js';
export { OtherOwnerError, ShorterNumberError, SourceNameError, UnreadableKeyError } from './preflightErrors.js';
export { InactiveProgramError, UnknownProgramError } from '../client/index.js';
export { UniqueFieldError } from './uniqueField.js';
export { ProbeError } from './probe/probeError.js';
export { probeOrg } from './probe/probeOrg.js';
export type { OrgProbe, ProbeOptions } from './probe/probeOrg.js';
export type { MarkerProbe } from './probe/probeMarkers.js';
export type { ProbeJournal, UniqueFieldProbe, UniqueOutcome } from './probe/probeUniqueField.js';
export type { EmptyOutbox, ProbedField } from './guard/sourceGuard.js';
export { heartbeatLife } from './guard/heldSource.js';
export { NothingToKeepError, UnfinishedRunError, UnknownKeysError } from './retryChecks.js';
export { planSync, resumeSync, retrySync, startSync, watchSync } from './startSync.js';
export type { PlannedItem, SyncPlan } from './syncPlan.js';
export { TooManyRejectsError } from './rejectLimit.js';
export type { RejectLimit } from './rejectLimit.js';
export { defaults } from './syncOptions.js';
export { RouteSetupError } from './routes/routeSetupError.js';
export { routeNames } from './routes/chooseRoute.js';
export type { RouteName } from './routes/chooseRoute.js';
export type { Preference } from './packingChoice.js';
export type {
  LiveOptions,
  ResumeOptions,
  RetryOptions,
  StartOptions,
  SyncOptions,
  SyncProgress,
} from './syncOptions.js';
export { memberProgressDefaults } from './memberProgress/memberProgressOptions.js';
export type {
  CrossedThreshold,
  MemberProgress,
  MemberProgressOptions,
} from './memberProgress/memberProgressOptions.js';
export { deliverInbox } from './worker/deliverInbox.js';
export { feedLeft, feedOfOtherSource, feedRefused } from './worker/feedNotes.js';
export type { InboxDelivery } from './worker/inboxDelivery.js';
export type { TakenEntries } from './worker/inboxPump.js';
export type { ReadFeed, UnreadableFeed } from './worker/feedPump.js';
export { StandbySending } from './relay/standbySending.js';
export type { StandbySendingOptions } from './relay/standbySending.js';
export { standBy } from './worker/standBy.js';
export type { StandbyOptions } from './worker/standBy.js';
export { StandbyCopy } from './worker/standbyCopy.js';
export { SyncService } from './service/syncService.js';
export type { ServiceEvent } from './service/serviceEvent.js';
export { watchingDefaults } from './watch/watchingOptions.js';
export type { WatchingOptions, WatchSyncOptions } from './watch/watchingOptions.js';
export { syncOutcomeChannel, syncRequestChannel, syncRowsChannel } from './syncWatch.js';
export type { SyncOutcome, SyncRequest, SyncRows, SyncWatchers } from './syncWatch.js';
export { recordSyncMetrics } from './metrics/recordSyncMetrics.js';
export type { MeasuredDelivery, MetricsOptions } from './metrics/recordSyncMetrics.js';
export { PrometheusMeter } from './metrics/prometheusMeter.js';
export type { SyncMeter } from './metrics/syncMeter.js';
export { serviceDefaults } from './service/serviceOptions.js';
export type { ServiceOptions } from './service/serviceOptions.js';
export type { PushService, StoredKey, StoredPush } from './service/pushService.js';
export { HandInService } from './handIn/handInService.js';
export { handInFiles } from './handIn/handInFiles.js';
export type { HandedInFile, HandInFilesOptions } from './handIn/handInFiles.js';
export { handInDefaults } from './handIn/handInOptions.js';
export type { HandInOptions, HandInServiceOptions } from './handIn/handInOptions.js';
export type { KeyOutcome, PushResult, PushWord, RejectedPush, SkippedPush } from './service/pushResult.js';
export {
  RowRejectedError,
  ServiceBusyError,
  ServiceClosedError,
  ServiceStoppedError,
} from './service/serviceErrors.js';
export type { PushRejectionReason } from './service/serviceErrors.js';
export { filesThatName } from './filesThatName.js';
export type { NamingFiles } from './filesThatName.js';
export { killed, presentRuns } from './cutOffRuns.js';
export { exitCode, makeReport, needingPerson, neverSent, problems, recordStatuses } from './syncReport.js';
export type { ExitRules, RecordStatus, ReportReason, ReportRecord, SyncReport } from './syncReport.js';
export { unknownMemberPolicies } from './memberOutcomes.js';
export type { UnknownMembers } from './memberOutcomes.js';
export { resultsFormats, resultsPath, writeResultsFile } from './resultsFile.js';
export type { ResultsFile, ResultsFormat } from './resultsFile.js';
export { differenceStatuses } from './verify/difference.js';
export type { Difference, DifferenceStatus } from './verify/difference.js';
export { verifySync } from './verify/verifySync.js';
export type { VerifiedSync, VerifySyncOptions, VerifyProgress } from './verify/verifySync.js';
export { TransactionsDraft } from './transactionsDraft.js';
export { claimResultsFolder, ResultFilesError, writeResults } from './writeResultFiles.js';
export { advanceProgress } from './keyed/advanceProgress.js';
export type { AdvancedProgress, ProgressAdvance } from './keyed/advanceProgress.js';
export { adjustPoints } from './keyed/adjustPoints.js';
export type { AdjustedPoints, PointsAdjustment } from './keyed/adjustPoints.js';
export { applyRewardsOnce } from './keyed/applyRewardsOnce.js';
export type { AppliedOrder, RewardedOrder } from './keyed/applyRewardsOnce.js';
export { cancelTransaction } from './keyed/cancelTransaction.js';
export type { CancelledTransaction, TransactionCancellation } from './keyed/cancelTransaction.js';
export { creditPoints } from './keyed/creditPoints.js';
export type { CreditedPoints, PointsCredit } from './keyed/creditPoints.js';
export { debitPoints } from './keyed/debitPoints.js';
export type { DebitedPoints, PointsDebit } from './keyed/debitPoints.js';
export { issueVoucherOnce } from './keyed/issueVoucherOnce.js';
export type { IssuedVoucher, VoucherIssue } from './keyed/issueVoucherOnce.js';
export { redeemCouponsOnce } from './keyed/redeemCouponsOnce.js';
export type { CouponRedemption } from './keyed/redeemCouponsOnce.js';
export { redeemVoucherOnce, UnknownVoucherError } from './keyed/redeemVoucherOnce.js';
export { VoucherAmountError } from './keyed/redeemableAmount.js';
export type { RedeemedVoucher, VoucherRedemption, VoucherStep } from './keyed/redeemVoucherOnce.js';
export { journalNumber } from './keyed/movePointsOnce.js';
export { transferPoints } from './keyed/transferPoints.js';
export { transferToGroups } from './keyed/transferToGroups.js';
export type { PointsTransfer, TransferredPoints } from './keyed/transferPoints.js';
export type { GroupTransfer } from './keyed/transferToGroups.js';
export { executeTransaction } from './keyed/executeTransaction.js';
export type { ExecutedTransaction, MemberTransaction } from './keyed/executeTransaction.js';
export type { EnrolledMembers } from './enrollment/enrolledMembers.js';
export { enrollCorporateMembers, enrollMembers } from './enrollMembers.js';
export type { EnrollmentRecord, EnrollOptions } from './enrollMembers.js';
export { onceUnseen } from './keyed/onceUnseen.js';
export { readMemberFields } from './readMemberFields.js';
export { PendingTransactionError } from './keyed/findTransaction.js';
export { ErasedKeyError, KeyConflictError } from './keyed/keyedCall.js';
export type { OnceOptions, OnceResult } from './keyed/keyedCall.js';
