/** `sf-plugin-loyalty`: a typed client for Salesforce Loyalty Management. */
export {
  AddressError,
  InactiveProgramError,
  LoginError,
  LostAnswerError,
  LoyaltyActionError,
  LoyaltyApiError,
  LoyaltyClient,
  LoyaltyProcessError,
  UnknownMemberError,
  UnknownProgramError,
  UnknownPromotionError,
  defaultApiVersion,
  inLists,
  journalsVerdict,
  soqlPrefix,
  soqlText,
  verdict,
} from './client/index.js';
export type {
  ApiUsage,
  ClientCredentials,
  ClientOptions,
  ConnectionRequest,
  Credentials,
  CreditRequest,
  CreditResult,
  FieldValues,
  HttpMethod,
  IndividualEnrollmentRequest,
  JournalRow,
  JwtCredentials,
  LostAnswerKind,
  LoyaltyConnection,
  MemberBalances,
  MemberBenefit,
  MemberCurrency,
  MemberProfile,
  MemberPromotion,
  MemberRow,
  MemberTier,
  MemberVoucher,
  Pause,
  ProcessParameters,
  ProcessRow,
  ProfileRequest,
  ProgramRow,
  Progress,
  ProgressKeys,
  ProgressRow,
  PromotionsRequest,
  QueryRecord,
  StoredProgress,
  Verdict,
  VoucherFilter,
} from './client/index.js';
export { standardActions } from './contract/actions/index.js';
export type { IndividualEnrollmentResponse } from './contract/endpoints/enrollmentEndpoints.js';
export type { ProcessType } from './contract/endpoints/processEndpoints.js';
export type { DescribeResult } from './contract/query.js';
export type {
  JournalResult,
  RealtimeResponse,
  TransactionJournalInput,
} from './contract/endpoints/realtimeEndpoints.js';
export { maxJournalsPerRequest } from './contract/endpoints/realtimeEndpoints.js';
export { Transaction, externalTransactionNumber, idempotencyKey } from './transaction.js';
