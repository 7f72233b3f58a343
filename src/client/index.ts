export type { ApiUsage } from './transport/limitInfo.js';
export type { MemberBalances, MemberCurrency, MemberTier } from './balances.js';
export type {
  ConnectionRequest,
  HttpConnection,
  HttpMethod,
  HttpRequest,
  LoyaltyConnection,
} from './transport/connection.js';
export { fakeConnection } from './transport/fakeConnection.js';
export type { FakeAnswer, FakeConnection, FakeRequest } from './transport/fakeConnection.js';
export type { PreparedLimits, PreparedRequest } from './transport/preparedRequest.js';
export { requestChannel } from './transport/callEvent.js';
export type { CallEvent } from './transport/callEvent.js';
export { LoyaltyCallError } from './failures/loyaltyCallError.js';
export { AddressError } from './failures/addressError.js';
export {
  LoginError,
  LostAnswerError,
  LoyaltyActionError,
  LoyaltyApiError,
  LoyaltyProcessError,
} from './failures/callErrors.js';
export type { LostAnswerKind } from './failures/callErrors.js';
export type { HttpAnswer } from './failures/httpAnswer.js';
export {
  InactiveProgramError,
  JournalTypeNotFoundError,
  UnknownMemberError,
  UnknownProgramError,
  UnknownPromotionError,
  UnknownTierError,
  isLookUpError,
  programsText,
} from './failures/lookUpErrors.js';
export type { LookUpError } from './failures/lookUpErrors.js';
export { askAgain } from './failures/askAgain.js';
export type { FailedQuestion } from './failures/askAgain.js';
export { isOfOrg, isPassing } from './failures/isPassing.js';
export { isProcessFailure } from './failures/isProcessFailure.js';
export type { ActionOutcome } from './actions.js';
export { executedJournals } from './executedJournals.js';
export type { ExecutedJournal, MovedPoints } from './executedJournals.js';
export { runPendingJournals } from './pendingJournals.js';
export type { PendingOutcome } from './pendingJournals.js';
export type { TransactionJournalInput } from '../contract/endpoints/realtimeEndpoints.js';
export type { JournalSimulation } from '../contract/endpoints/simulationShapes.js';
export { simulatedRewards } from './simulatedRewards.js';
export type { SimulatedPoints, SimulatedRewards, SimulatedVoucher } from './simulatedRewards.js';
export type { JournalRow, SourceJournalRow } from './journalRows.js';
export type { JournalRun, SimulationOptions } from './journals.js';
export type { ClientCredentials, Credentials, JwtCredentials } from './transport/login.js';
export { expiryAfterActivity, expiryDoubts } from './expiring/expiringCurrency.js';
export type { EscrowedCredit, ExpiringCurrency, ExpiryDoubt } from './expiring/expiringCurrency.js';
export { readExpiringPoints } from './expiring/readExpiringPoints.js';
export { overviewParts, readMemberOverview } from './memberOverview.js';
export { readOrgDay, readOrgZone } from './orgZone.js';
export { checkOrg } from './orgCheck/checkOrg.js';
export type { OrgCheckOptions } from './orgCheck/checkOrg.js';
export { findingStatuses } from './orgCheck/orgFinding.js';
export type { OrgFinding } from './orgCheck/orgFinding.js';
export type {
  MemberOverview,
  OverviewCurrency,
  OverviewGap,
  OverviewOptions,
  OverviewPart,
  TierStanding,
} from './memberOverview.js';
export { UnplayableGameError } from './failures/unplayableGameError.js';
export { readMemberBadges } from './memberBadges.js';
export type { MemberBadge } from './memberBadges.js';
export { rewardOfPlay } from './games.js';
export type { Game, GameFilter, GamePlay, GameReward, WonReward } from './games.js';
export { playGame } from './playGame.js';
export type { GameChoice, PlayedGame } from './playGame.js';
export type { LookedUpJournal } from './namedJournals.js';
export { changeTier } from './tiers/changeTier.js';
export type { MemberTierChange } from './tiers/changeTier.js';
export type { TierChangeRequest, TierChangeResult } from './tiers/tiers.js';
export { readMovedBalances } from './movedBalances.js';
export type { MovedBalance, MovedBy } from './movedBalances.js';
export { positionIn } from './tiers/tierPosition.js';
export { readClubGroups } from './tiers/readClubGroups.js';
export { readGroupLadders } from './tiers/readGroupLadders.js';
export type { NextTier, GroupLadder, TierPosition } from './tiers/tierPosition.js';
export { LoyaltyClient } from './loyaltyClient.js';
export type { ClientOptions } from './loyaltyClient.js';
export { historyTypes, readMemberHistory } from './readMemberHistory.js';
export type { HistoryFilter, HistoryJournal, HistoryType } from './readMemberHistory.js';
export { readMemberTrails } from './readMemberTrails.js';
export type { MemberTrail } from './readMemberTrails.js';
export { readMemberNames } from './readMemberNames.js';
export type { MemberRow, ProfileRequest, VoucherFilter } from './members.js';
export { OldApiVersionError } from './vouchers.js';
export type { CancelRequest, IssueVoucherRequest, RedeemRequest, ReserveRequest, VoucherChoice } from './vouchers.js';
export type { VoucherCriteria, VoucherRow } from './query/findVouchers.js';
export type { RedeemVoucherResponse } from '../contract/endpoints/redemptionShapes.js';
export type { CreditRequest, CreditResult, DebitRequest, DebitResult } from './points.js';
export { endedStatus, endMembership } from './endMembership.js';
export type { MembershipEnding, MembershipToEnd } from './endMembership.js';
export { NoPersonAccountError } from './membershipChanges.js';
export type {
  MemberChanges,
  MemberName,
  MemberRecordValues,
  UpdatedMember,
  UpdateOptions,
} from './membershipChanges.js';
export type { FoundAction } from './namedActions.js';
export type { ListedMember, MemberFilter } from './query/listMembers.js';
export type { ParameterRow, ProcessParameters, ProcessRow } from './processes.js';
export type { CurrencyRow, ProgramRow } from './programs.js';
export type { Progress, ProgressIncrement, StoredProgress } from './progress/progress.js';
export { readAttributeProgress, readCountingAttributes } from './progress/engagementAttributes.js';
export type { ProgressKeys } from './progress/progressKeys.js';
export type { CountedProgress } from './progress/progressOfMembers.js';
export type { ProgressRow } from './progress/progressRow.js';
export type { UsagePosition } from './progress/usagePositions.js';
export { assignMemberBenefits } from './assignBenefits.js';
export type { AssignedBenefit } from './assignBenefits.js';
export type { CouponUse } from './coupons.js';
export type { CouponUsageResult } from '../contract/endpoints/couponEndpoints.js';
export { joinClub, renewClub } from './clubMemberships.js';
export type { ClubMembership, ClubRenewal, ClubToJoin, ClubToRenew } from './clubMemberships.js';
export { memberFailure } from './memberFailure.js';
export { linkPartner, unlinkPartner } from './partnerLinks.js';
export type { LinkToEnd, LinkToMake } from './partnerLinks.js';
export { changeEnrollment } from './changeEnrollment.js';
export { changeEnrollmentOf } from './changeEnrollmentOf.js';
export type { EnrollmentOfEach, MemberEnrollment } from './changeEnrollmentOf.js';
export type { EnrollmentChange } from './changeEnrollment.js';
export type { EnrollmentResult, MembershipInPromotion, PromotionRow, PromotionsRequest } from './promotions.js';
export type { CartOptions } from './cartPromotions.js';
export type { EligiblePromotion } from './eligiblePromotion.js';
export type {
  AppliedPromotion,
  CartInput,
  JournalRewards,
  PricedCart,
  RewardedJournal,
} from '../contract/endpoints/cartPromotionEndpoints.js';
export type { AdvocateEnrollment } from './referrals.js';
export { joinReferralPromotion } from './joinReferralPromotion.js';
export type { AdvocateToBe, JoinedAdvocate } from './joinReferralPromotion.js';
export { readAdvocateReferrals } from './readAdvocateReferrals.js';
export type { AdvocateReferrals } from './readAdvocateReferrals.js';
export { referFriend } from './referFriend.js';
export type { FriendEvent, ReferredFriend } from './referFriend.js';
export type { ReferralPromotionRow } from './query/readReferralPromotions.js';
export type { ListedReferral, ReferralFilter } from './query/listReferrals.js';
export type { ReferralReward } from './query/readReferralRewards.js';
export { referralEventTypes } from '../contract/endpoints/referralShapes.js';
export type {
  AdvocateEnrollmentResponse,
  ReferralEventRequest,
  ReferralEventType,
} from '../contract/endpoints/referralShapes.js';
export type { ReferralEventResponse, ReferralRedemptionResponse } from '../contract/endpoints/referralAnswers.js';
export type { ReferralRedemptionRequest } from '../contract/endpoints/referralEndpoints.js';
export type {
  AdvocateProfileRequest,
  AdvocateProfileResponse,
  AdvocatePromotion,
} from '../contract/endpoints/advocateProfileShapes.js';
export type { EngagementTrail, TrailStep } from './engagementTrail.js';
export type { HistoryPage } from './historyPages.js';
export { ledgerSum } from './ledgerSum.js';
export type { LedgerJournal, LedgerPoints } from './ledgerJournal.js';
export type { LedgerFilter } from './memberTransactions.js';
export type { HistoryRequest, HistoryRow } from '../contract/endpoints/transactionEndpoints.js';
export type { QueryRecord } from './query/queryResource.js';
export type { JobFilter } from './bulk/batchJobs.js';
export type { BatchJobState } from './bulk/batchJobProgress.js';
export type { BatchJobRow, BatchJobRun, FailedRecordRow, JobDefinitionRow } from './bulk/batchJobRows.js';
export { UnknownBatchJobError } from './bulk/watchBatchJob.js';
export type { BatchWatchOptions } from './bulk/watchBatchJob.js';
export { PollPauses } from './bulk/pollPauses.js';
export { RefusedRecordError, collectionLimits } from './recordCollections.js';
export type { RecordCreation } from './recordCollections.js';
export type { FieldValues } from './sobjects.js';
export { askPatiently } from './transport/patientSend.js';
export { rawRequest } from './transport/rawRequest.js';
export type { TextInParts } from './transport/textInParts.js';
export { inLists, soqlPrefix, soqlText } from './query/soql.js';
export { failedJournalsVerdict, journalsVerdict, verdict } from './failures/verdict.js';
export type { FailureVerdict } from './failures/failureVerdict.js';
export type { Verdict } from './failures/verdict.js';
export type { Pause } from './failures/verdictTable.js';
export { newestCommonVersion } from './transport/connect.js';
export { defaultApiVersion } from './transport/apiVersionRange.js';
export type {
  CorporateEnrollmentRequest,
  IndividualEnrollmentRequest,
} from '../contract/endpoints/enrollmentEndpoints.js';
export type { MemberPromotion } from '../contract/templates/promotionTemplates.js';
export type { MemberBenefit } from '../contract/endpoints/benefitEndpoints.js';
export type { MemberProfile } from '../contract/endpoints/memberEndpoints.js';
export type { MemberVoucher } from '../contract/endpoints/voucherEndpoints.js';
export { EnrollmentChannel, enrollmentChannels } from '../contract/endpoints/enrollmentShapes.js';
