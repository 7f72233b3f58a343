import { clubEndpoints } from '../contract/endpoints/clubEndpoints.js';
import type {
  ClubEnrollmentRequest,
  ClubEnrollmentResponse,
  ClubMember,
  ClubRenewalRequest,
  ClubRenewalResponse,
} from '../contract/endpoints/clubEndpoints.js';
import type { QueryOf } from '../contract/endpoint.js';
import type { CallEndpoint } from './call.js';
import { LoyaltyApiError } from './failures/callErrors.js';
import { requireStatus } from './failures/requireStatus.js';

/** Whose membership, of which club. */
export type ClubMemberFilter = QueryOf<typeof clubEndpoints.profile>;

/** `client.clubs`: memberships of clubs. Needs API 64. */
export class ClubsResource {
  readonly #call: CallEndpoint;

  constructor(call: CallEndpoint) {
    this.#call = call;
  }

  /**
   * `POST /loyalty-programs/{program}/clubs/{club}/member-enrollment`, sent at most once. Look the member up after a lost
   * answer. The program of an independent club is `Club Program`.
   *
   * @throws {LoyaltyProcessError} if the org refuses the enrollment
   */
  async enroll(program: string, club: string, request: ClubEnrollmentRequest): Promise<ClubEnrollmentResponse> {
    const answer = await this.#call(clubEndpoints.enroll, { params: { program, club }, body: request });
    requireStatus(answer, clubEndpoints.enroll);
    return answer;
  }

  /**
   * `POST /loyalty-programs/{program}/clubs/{club}/membership-renewal`, sent at most once. A renewal by a period that is
   * sent twice renews twice.
   *
   * @throws {LoyaltyProcessError} if the org refuses the renewal
   */
  async renew(program: string, club: string, request: ClubRenewalRequest): Promise<ClubRenewalResponse> {
    const answer = await this.#call(clubEndpoints.renew, { params: { program, club }, body: request });
    requireStatus(answer, clubEndpoints.renew);
    return answer;
  }

  /** `GET /club/members`: memberships with the benefits and promotions of their clubs. */
  async profiles(filter: ClubMemberFilter): Promise<ClubMember[]> {
    const answer = await this.#call(clubEndpoints.profile, { params: {}, query: filter });
    return Array.isArray(answer) ? answer : [answer];
  }

  /**
   * The membership of one club. Undefined without one: what an org answers then is not published, so 404, 400
   * `INVALID_API_INPUT` and a profile without a membership are all taken for that.
   */
  async membership(program: string, club: string, loyaltyMembershipNumber: string): Promise<ClubMember | undefined> {
    try {
      const filter = { programName: program, clubName: club, loyaltyMembershipNumber };
      return (await this.profiles(filter)).find(({ clubMembershipId }) => Boolean(clubMembershipId));
    } catch (error) {
      if (error instanceof LoyaltyApiError && isNoMember(error)) return undefined;
      throw error;
    }
  }
}

function isNoMember({ status, errorCode }: LoyaltyApiError): boolean {
  return (status === 404 && errorCode === 'NOT_FOUND') || (status === 400 && errorCode === 'INVALID_API_INPUT');
}
