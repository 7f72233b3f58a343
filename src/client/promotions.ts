import { z } from 'zod';
import { trailEndpoints } from '../contract/endpoints/trailEndpoints.js';
import type { ParametersFor } from '../contract/processTemplate.js';
import { getMemberPromotions } from '../contract/templates/promotionTemplates.js';
import type { MemberPromotion } from '../contract/templates/promotionTemplates.js';
import type { CallEndpoint } from './call.js';
import { engagementTrail } from './engagementTrail.js';
import type { EngagementTrail } from './engagementTrail.js';
import { requireStatus } from './failures/requireStatus.js';
import { parseAnswer } from './parseAnswer.js';
import type { MembersResource } from './members.js';
import type { ProcessesResource } from './processes.js';
import type { ProgramsResource } from './programs.js';

export type PromotionsRequest = {
  /** Name of the org's process of type GetMemberPromotions. Default: the name of the type. */
  readonly processName?: string;
} & ({ readonly membershipNumber: string } | { readonly memberId: string });

/** `client.promotions`: promotions as one member sees them. */
export class PromotionsResource {
  readonly #call: CallEndpoint;
  readonly #processes: ProcessesResource;
  readonly #programs: ProgramsResource;
  readonly #members: MembersResource;

  constructor(
    call: CallEndpoint,
    rooms: { processes: ProcessesResource; programs: ProgramsResource; members: MembersResource },
  ) {
    this.#call = call;
    this.#processes = rooms.processes;
    this.#programs = rooms.programs;
    this.#members = rooms.members;
  }

  /**
   * Runs a process of type GetMemberPromotions, which only reads.
   *
   * @throws {UnknownProgramError} when the answer is empty for that reason; the org may also refuse the request
   * @throws {InactiveProgramError} when the answer is empty for that reason
   * @throws {UnknownMemberError} when the answer is empty for that reason
   */
  async list(program: string, request: PromotionsRequest): Promise<MemberPromotion[]> {
    const { type, result } = getMemberPromotions;
    const name = request.processName ?? type;
    const member: ParametersFor<typeof getMemberPromotions> =
      'memberId' in request ? { MemberId: request.memberId } : { MembershipNumber: request.membershipNumber };
    const results = await this.#processes.run(program, name, member, { isRead: true });
    if (results.length === 0) await this.#mustBeThere(program, request);
    const answer = { what: `Results of the process ${name} came`, isRead: true };
    return parseAnswer(results, z.array(result), answer).map(withOneImageUrl);
  }

  /**
   * `GET /loyalty/programs/{program}/members/{membershipNumber}/engagement-trail` (API 63): how far the member is in each
   * step of a promotion. 404 if the promotion has no trail.
   *
   * @throws {LoyaltyProcessError} for HTTP 200 with `status: false`
   */
  async trail(program: string, membershipNumber: string, promotionId: string): Promise<EngagementTrail> {
    const endpoint = trailEndpoints.ofMember;
    const answer = await this.#call(endpoint, { params: { program, membershipNumber }, query: { promotionId } });
    requireStatus(answer, endpoint);
    return engagementTrail(answer);
  }

  async #mustBeThere(program: string, request: PromotionsRequest): Promise<void> {
    await this.#members.get(program, 'memberId' in request ? request.memberId : request.membershipNumber);
    await this.#programs.mustBeActive(program);
  }
}

/** The guide spells the key `promotionImageURL`, Salesforce's SDKs read `promotionImageUrl`. */
function withOneImageUrl({ promotionImageURL, ...promotion }: MemberPromotion): MemberPromotion {
  if (promotion.promotionImageUrl || typeof promotionImageURL !== 'string') return promotion;
  return { ...promotion, promotionImageUrl: promotionImageURL };
}
