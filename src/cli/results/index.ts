import { z } from 'zod';
import { SyncForgetResult } from '../sync/forgetResult.js';
import { FilesHandedIn } from '../sync/filesHandedIn.js';
import { HandInResult } from '../sync/handInResult.js';
import { SyncProbeResult } from '../sync/probeResult.js';
import { KeyReport } from '../sync/keyReport.js';
import { RunList } from '../sync/runList.js';
import { SyncWorkerResult } from '../sync/syncWorkerResult.js';
import { SyncVerifyResult } from '../sync/verifyResult.js';
import { SyncResult } from '../sync/syncResult.js';
import { EmulatorSaveResult, EmulatorStartResult, EmulatorStopResult } from './emulatorResults.js';
import {
  AssignBenefitsResult,
  EnrollClubResult,
  LinkPartnerResult,
  RenewClubResult,
  UnlinkPartnerResult,
} from './clubResults.js';
import { RedeemCouponResult } from './couponResults.js';
import { GenerateFeedResult } from './feedResults.js';
import { SyncMapResult } from '../sync/syncMapResult.js';
import { VerifyFidelityResult } from './fidelityResults.js';
import { ApplyRewardsResult, ExecuteCartResult, SimulateCartResult } from './cartResults.js';
import { ExportProgramResult } from './exportResults.js';
import { ExecuteTransactionsResult } from './executionResults.js';
import { CancelJobResult, ListJobsResult, RunJobResult } from './jobResults.js';
import {
  ListMembersResult,
  ListProcessesResult,
  ListProgramsResult,
  RunActionResult,
  RunProcessResult,
} from './listResults.js';
import { DisplayMemberResult, EnrollCorporateResult, EnrollMemberResult } from './memberResults.js';
import { CheckOrgResult } from './orgResults.js';
import { ExportProgressResult } from './nearResults.js';
import { ReportProgramResult } from './reportResults.js';
import { CreateProgramResult, GenerateProgramResult } from './programResults.js';
import {
  AdjustPointsResult,
  CancelTransactionResult,
  CreditPointsResult,
  DebitPointsResult,
  TransferPointsResult,
} from './pointsResults.js';
import { UnenrollMemberResult, UpdateMemberResult } from './membershipResults.js';
import { ListProgressResult, UpdateProgressResult } from './progressResults.js';
import { EnrollPromotionResult, LeavePromotionResult, ListPromotionsResult } from './promotionResults.js';
import { ListBadgesResult } from './badgeResults.js';
import { ListGamesResult, PlayGameResult } from './gameResults.js';
import { CreateReferralResult, EnrollAdvocateResult, ListReferralsResult } from './referralResults.js';
import { ListTrailsResult } from './trailResults.js';
import { ListTransactionsResult } from './transactionResults.js';
import { CancelVoucherResult, IssueVoucherResult, ListVouchersResult, RedeemVoucherResult } from './voucherResults.js';
import { ListSegmentsResult } from './segmentResults.js';
import { SeedOrgResult } from './seedResults.js';
import { TestProgramResult } from './ruleTestResults.js';
import { SimulateTransactionsResult } from './simulationResults.js';
import { ChangeTierResult } from './tierResults.js';

/**
 * What `--json` prints, command by command. The JSON Schemas in `schemas/` are made from these.
 * Commands that take one or many have one shape: `records`, each with a key and a status, and `counts` by status.
 */
export const resultSchemas = {
  'loyalty-check-org': CheckOrgResult,
  'loyalty-create-program': CreateProgramResult,
  'loyalty-display-member': DisplayMemberResult,
  'loyalty-enroll-club': EnrollClubResult,
  'loyalty-renew-club': RenewClubResult,
  'loyalty-link-partner': LinkPartnerResult,
  'loyalty-unlink-partner': UnlinkPartnerResult,
  'loyalty-assign-benefits': AssignBenefitsResult,
  'loyalty-enroll-corporate': EnrollCorporateResult,
  'loyalty-enroll-member': EnrollMemberResult,
  'loyalty-enroll-promotion': EnrollPromotionResult,
  'loyalty-leave-promotion': LeavePromotionResult,
  'loyalty-change-tier': ChangeTierResult,
  'loyalty-list-programs': ListProgramsResult,
  'loyalty-list-members': ListMembersResult,
  'loyalty-list-processes': ListProcessesResult,
  'loyalty-export-progress': ExportProgressResult,
  'loyalty-report-program': ReportProgramResult,
  'loyalty-run-process': RunProcessResult,
  'loyalty-run-action': RunActionResult,
  'loyalty-run-job': RunJobResult,
  'loyalty-list-jobs': ListJobsResult,
  'loyalty-cancel-job': CancelJobResult,
  'loyalty-update-member': UpdateMemberResult,
  'loyalty-unenroll-member': UnenrollMemberResult,
  'loyalty-credit-points': CreditPointsResult,
  'loyalty-debit-points': DebitPointsResult,
  'loyalty-adjust-points': AdjustPointsResult,
  'loyalty-transfer-points': TransferPointsResult,
  'loyalty-cancel-transaction': CancelTransactionResult,
  'loyalty-export-program': ExportProgramResult,
  'loyalty-execute-transactions': ExecuteTransactionsResult,
  'loyalty-simulate-transactions': SimulateTransactionsResult,
  'loyalty-simulate-cart': SimulateCartResult,
  'loyalty-execute-cart': ExecuteCartResult,
  'loyalty-apply-rewards': ApplyRewardsResult,
  'loyalty-list-promotions': ListPromotionsResult,
  'loyalty-update-progress': UpdateProgressResult,
  'loyalty-list-progress': ListProgressResult,
  'loyalty-list-trails': ListTrailsResult,
  'loyalty-enroll-advocate': EnrollAdvocateResult,
  'loyalty-create-referral': CreateReferralResult,
  'loyalty-list-referrals': ListReferralsResult,
  'loyalty-list-badges': ListBadgesResult,
  'loyalty-list-games': ListGamesResult,
  'loyalty-play-game': PlayGameResult,
  'loyalty-list-segments': ListSegmentsResult,
  'loyalty-list-transactions': ListTransactionsResult,
  'loyalty-issue-voucher': IssueVoucherResult,
  'loyalty-redeem-coupon': RedeemCouponResult,
  'loyalty-redeem-voucher': RedeemVoucherResult,
  'loyalty-cancel-voucher': CancelVoucherResult,
  'loyalty-list-vouchers': ListVouchersResult,
  'loyalty-sync-start': z.union([SyncResult, FilesHandedIn]),
  'loyalty-sync-serve': z.union([SyncResult, HandInResult]),
  'loyalty-sync-worker': SyncWorkerResult,
  'loyalty-sync-resume': SyncResult,
  'loyalty-sync-retry': SyncResult,
  'loyalty-sync-report': z.union([SyncResult, KeyReport, RunList]),
  'loyalty-sync-verify': SyncVerifyResult,
  'loyalty-sync-forget': SyncForgetResult,
  'loyalty-verify-fidelity': VerifyFidelityResult,
  'loyalty-sync-probe': SyncProbeResult,
  'loyalty-seed-org': SeedOrgResult,
  'loyalty-generate-feed': GenerateFeedResult,
  'loyalty-sync-map': SyncMapResult,
  'loyalty-generate-program': GenerateProgramResult,
  'loyalty-test-program': TestProgramResult,
  'loyalty-emulator-start': EmulatorStartResult,
  'loyalty-emulator-stop': EmulatorStopResult,
  'loyalty-emulator-save': EmulatorSaveResult,
} as const satisfies Record<string, z.ZodType>;
