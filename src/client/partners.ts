import { z } from 'zod';
import { partnerEndpoints } from '../contract/endpoints/partnerEndpoints.js';
import type { PartnerLinkRequest, PartnerUnlinkRequest } from '../contract/endpoints/partnerEndpoints.js';
import type { CallEndpoint } from './call.js';
import { requireStatus } from './failures/requireStatus.js';
import type { QueryResource } from './query/queryResource.js';
import { soqlText } from './query/soql.js';

/** A member, and a partner of the program. */
export interface PartnerOfMember {
  readonly membershipNumber: string;
  /** Name of the LoyaltyProgramPartner. */
  readonly partner: string;
}

const LinkRow = z.object({
  Id: z.string(),
  Name: z.string(),
  ExternalIdentifier: z.string().nullable(),
  LinkDate: z.string().nullable(),
});

/** A link that is active. Dates are as the org writes them. */
export interface PartnerLink {
  readonly linkId: string;
  readonly linkNumber: string;
  /** The member's number at the partner. */
  readonly externalId: string | null;
  readonly linkDate: string | null;
}

/** `client.partners`: links of members to partners. Needs API 66. */
export class PartnersResource {
  readonly #call: CallEndpoint;
  readonly #query: QueryResource;

  constructor(call: CallEndpoint, query: QueryResource) {
    this.#call = call;
    this.#query = query;
  }

  /**
   * `POST /loyalty/programs/{program}/members/{membershipNumber}/partners/{partner}/link`, sent at most once.
   *
   * @returns number of the link
   * @throws {LoyaltyProcessError} if the org refuses the link
   */
  async link(program: string, of: PartnerOfMember, request: PartnerLinkRequest = {}): Promise<string | null> {
    const answer = await this.#call(partnerEndpoints.link, { params: { program, ...of }, body: request });
    requireStatus(answer, partnerEndpoints.link);
    return answer.linkNumber ?? null;
  }

  /**
   * `POST /loyalty/programs/{program}/members/{membershipNumber}/partners/{partner}/unlink`, sent at most once.
   *
   * @throws {LoyaltyProcessError} if the org refuses it, also because the member has several links to the partner
   */
  async unlink(program: string, of: PartnerOfMember, request: PartnerUnlinkRequest = {}): Promise<void> {
    const answer = await this.#call(partnerEndpoints.unlink, { params: { program, ...of }, body: request });
    requireStatus(answer, partnerEndpoints.unlink);
  }

  /** The active links of a member to a partner, oldest first. */
  async links(program: string, { membershipNumber, partner }: PartnerOfMember): Promise<PartnerLink[]> {
    const soql =
      `SELECT ${Object.keys(LinkRow.shape).join(', ')} FROM LoyaltyPgmMbrLinkedPtnr WHERE IsActive = TRUE AND ` +
      `LoyaltyProgramMember.Program.Name = ${soqlText(program)} AND ` +
      `LoyaltyProgramMember.MembershipNumber = ${soqlText(membershipNumber)} AND ` +
      `LoyaltyProgramPartner.Name = ${soqlText(partner)} ORDER BY Name`;
    const rows = await this.#query.allRows(soql, LinkRow);
    return rows.map(({ Id, Name, ExternalIdentifier, LinkDate }) => ({
      linkId: Id,
      linkNumber: Name,
      externalId: ExternalIdentifier,
      linkDate: LinkDate,
    }));
  }
}
