import type { AdvocateProfileRequest, AdvocateProfileResponse } from '../contract/endpoints/advocateProfileShapes.js';
import type { ReferralEventResponse, ReferralRedemptionResponse } from '../contract/endpoints/referralAnswers.js';
import { referralEndpoints } from '../contract/endpoints/referralEndpoints.js';
import type { ReferralRedemptionRequest } from '../contract/endpoints/referralEndpoints.js';
import type {
  AdvocateEnrollmentRequest,
  AdvocateEnrollmentResponse,
  ReferralEventRequest,
} from '../contract/endpoints/referralShapes.js';
import type { CallEndpoint } from './call.js';
import type { ProgramsResource } from './programs.js';
import { listReferrals } from './query/listReferrals.js';
import type { ListedReferral, ReferralFilter } from './query/listReferrals.js';
import type { QueryResource } from './query/queryResource.js';
import { readReferralPromotions, referralPromotionNamed } from './query/readReferralPromotions.js';
import type { ReferralPromotionRow } from './query/readReferralPromotions.js';

/** The promotion that an advocate joins, by its code. */
export interface AdvocateEnrollment extends AdvocateEnrollmentRequest {
  readonly promotionCode: string;
}

/** `client.referrals`: Referral Marketing (API 59). */
export class ReferralsResource {
  readonly #call: CallEndpoint;
  readonly #query: QueryResource;
  readonly #programs: ProgramsResource;

  constructor(call: CallEndpoint, rooms: { readonly query: QueryResource; readonly programs: ProgramsResource }) {
    this.#call = call;
    this.#query = rooms.query;
    this.#programs = rooms.programs;
  }

  /**
   * Makes a member, or a person who becomes one, an advocate of a referral promotion:
   * `POST /referral-programs/{program}/promotions/{promotionCode}/member-enrollments`, sent at most once. The answer has
   * the code with which friends come.
   */
  async enrollAdvocate(program: string, enrollment: AdvocateEnrollment): Promise<AdvocateEnrollmentResponse> {
    const { promotionCode, ...body } = enrollment;
    return this.#call(referralEndpoints.enrollAdvocate, { params: { program, promotionCode }, body });
  }

  /**
   * Says that an advocate has referred a friend, or that a friend has signed up or bought something:
   * `POST /referral-program/referral-event`, sent at most once.
   */
  async event(event: ReferralEventRequest): Promise<ReferralEventResponse> {
    return this.#call(referralEndpoints.event, { params: {}, body: event });
  }

  /** `POST /referral-programs/advocate-profile` (API 62): the referral promotions of an advocate. It only reads. */
  async profile(request: AdvocateProfileRequest): Promise<AdvocateProfileResponse> {
    return this.#call(referralEndpoints.advocateProfile, { params: {}, body: request, isRead: true });
  }

  /**
   * Redeems a voucher of an advocate or a friend, or a part of it: `POST /vouchers/{voucherCode}/redemption`, sent at
   * most once.
   */
  async redeemVoucher(voucherCode: string, redemption: ReferralRedemptionRequest): Promise<ReferralRedemptionResponse> {
    return this.#call(referralEndpoints.redeemVoucher, { params: { voucherCode }, body: redemption });
  }

  /**
   * The referral promotion of the program with this code, name or Id, in any status.
   * @throws {UnknownProgramError}
   * @throws {UnknownPromotionError} that lists the program's referral promotions
   */
  async promotion(program: string, promotion: string): Promise<ReferralPromotionRow> {
    const promotions = await readReferralPromotions(this.#query, program);
    if (promotions.length === 0) await this.#programs.mustExist(program);
    return referralPromotionNamed(promotions, promotion, program);
  }

  /**
   * Lists the referrals of a program or of one advocate, the latest first, with the rewards that they led to.
   * @throws {UnknownProgramError} when none is found for that reason
   */
  async list(program: string, filter: ReferralFilter = {}): Promise<ListedReferral[]> {
    const referrals = await listReferrals(this.#query, program, filter);
    if (referrals.length === 0) await this.#programs.mustExist(program);
    return referrals;
  }
}
