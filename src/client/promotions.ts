import { z } from 'zod';
import { trailEndpoints } from '../contract/endpoints/trailEndpoints.js';
import type { ParametersFor } from '../contract/processTemplate.js';
import { enrollInPromotion, getMemberPromotions, optOutPromotion } from '../contract/templates/promotionTemplates.js';
import type { MemberPromotion } from '../contract/templates/promotionTemplates.js';
import { isSameId } from '../base/sameId.js';
import { UnknownPromotionError } from './failures/lookUpErrors.js';
import type { CallEndpoint } from './call.js';
import { engagementTrail } from './engagementTrail.js';
import type { EngagementTrail } from './engagementTrail.js';
import { requireStatus } from './failures/requireStatus.js';
import { parseAnswer } from './parseAnswer.js';
import type { MembersResource } from './members.js';
import type { ProcessesResource } from './processes.js';
import type { ProgramsResource } from './programs.js';
import type { QueryResource } from './query/queryResource.js';
import { soqlText } from './query/soql.js';

const PromotionRow = z.object({ Id: z.string(), Name: z.string() });
export type PromotionRow = z.infer<typeof PromotionRow>;

/** The Ids of a member and a promotion of its program. */
export interface MembershipInPromotion {
  readonly memberId: string;
  readonly promotionId: string;
  /** Name of the org's process. Default: the name of the type. */
  readonly processName?: string | undefined;
}

export interface EnrollmentResult {
  /** Id of the LoyaltyProgramMbrPromotion. Null when the process returned none, as it does while its rule is not active. */
  readonly memberPromotionId: string | null;
}

export type PromotionsRequest = {
  /** Name of the org's process of type GetMemberPromotions. Default: the name of the type. */
  readonly processName?: string;
} & ({ readonly membershipNumber: string } | { readonly memberId: string });

interface Rooms {
  readonly processes: ProcessesResource;
  readonly programs: ProgramsResource;
  readonly members: MembersResource;
  readonly query: QueryResource;
}

/** `client.promotions`: promotions as one member sees them, and taking part in them. */
export class PromotionsResource {
  readonly #call: CallEndpoint;
  readonly #processes: ProcessesResource;
  readonly #programs: ProgramsResource;
  readonly #members: MembersResource;
  readonly #query: QueryResource;

  constructor(call: CallEndpoint, rooms: Rooms) {
    this.#call = call;
    this.#query = rooms.query;
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
   * Returns the promotion of the program with this name or Id, in any status.
   *
   * @throws {UnknownPromotionError} that lists the program's promotions
   */
  async get(program: string, promotion: string): Promise<PromotionRow> {
    const soql = `SELECT Id, Name FROM Promotion WHERE LoyaltyProgram.Name = ${soqlText(program)} ORDER BY Name`;
    const rows = await this.#query.allRows(soql, PromotionRow);
    const found =
      rows.find(({ Id }) => isSameId(Id, promotion)) ??
      rows.find(({ Name }) => Name === promotion) ??
      rows.find(({ Name }) => Name.toLowerCase() === promotion.toLowerCase());
    if (found) return found;
    throw new UnknownPromotionError(promotion, { program, promotions: rows.map(({ Name }) => Name) });
  }

  /** Returns the Id of the LoyaltyProgramMbrPromotion of a member who is enrolled, or undefined. */
  async enrollment({ memberId, promotionId }: MembershipInPromotion): Promise<string | undefined> {
    const soql =
      `SELECT Id FROM LoyaltyProgramMbrPromotion WHERE LoyaltyProgramMemberId = ${soqlText(memberId)} ` +
      `AND PromotionId = ${soqlText(promotionId)} AND IsEnrollmentActive = true`;
    return (await this.#query.allRows(soql, z.object({ Id: z.string() })))[0]?.Id;
  }

  /** Runs a process of type EnrollInPromotion, sent at most once. */
  async enroll(program: string, membership: MembershipInPromotion): Promise<EnrollmentResult> {
    return this.#change(program, enrollInPromotion, membership);
  }

  /** Runs a process of type OptOutPromotion, sent at most once. */
  async leave(program: string, membership: MembershipInPromotion): Promise<EnrollmentResult> {
    return this.#change(program, optOutPromotion, membership);
  }

  async #change(
    program: string,
    { type, result }: typeof enrollInPromotion | typeof optOutPromotion,
    { memberId, promotionId, processName: name = type }: MembershipInPromotion,
  ): Promise<EnrollmentResult> {
    const input: ParametersFor<typeof optOutPromotion> = { MemberId: memberId, PromotionId: promotionId };
    const [first = {}] = await this.#processes.run(program, name, input);
    return { memberPromotionId: memberPromotionIn(parseAnswer(first, result, `A result of the process ${name} came`)) };
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

/** The v56 guide and the SDKs have the Id of the member's promotion in `MemberId`. Its key prefix tells the two apart. */
function memberPromotionIn({
  MemberId,
  LoyaltyProgramMbrPromotionId,
}: {
  readonly MemberId?: unknown;
  readonly LoyaltyProgramMbrPromotionId?: string | null | undefined;
}): string | null {
  const inMemberId = typeof MemberId === 'string' && MemberId.startsWith('1lp') ? MemberId : null;
  return LoyaltyProgramMbrPromotionId ?? inMemberId;
}

/** The guide spells the key `promotionImageURL`, Salesforce's SDKs read `promotionImageUrl`. */
function withOneImageUrl({ promotionImageURL, ...promotion }: MemberPromotion): MemberPromotion {
  if (promotion.promotionImageUrl || typeof promotionImageURL !== 'string') return promotion;
  return { ...promotion, promotionImageUrl: promotionImageURL };
}
