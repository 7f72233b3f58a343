import { z } from 'zod';
import { MemberPromotion } from '../contract/promotion.js';
import { fitted } from './fitted.js';
import type { ProcessesResource } from './processes.js';

export type PromotionsRequest = {
  /** Name of the org's process of type GetMemberPromotions; the type's own name unless given. */
  readonly processName?: string;
} & ({ readonly membershipNumber: string } | { readonly memberId: string });

/** `client.promotions`: Promotion, as one member sees it. */
export class PromotionsResource {
  readonly #processes: ProcessesResource;

  constructor(processes: ProcessesResource) {
    this.#processes = processes;
  }

  /** Runs a process of type GetMemberPromotions, which only reads. */
  async list(program: string, request: PromotionsRequest): Promise<MemberPromotion[]> {
    const name = request.processName ?? 'GetMemberPromotions';
    const member =
      'memberId' in request ? { MemberId: request.memberId } : { MembershipNumber: request.membershipNumber };
    const results = await this.#processes.run(program, name, member);
    return fitted(results, z.array(MemberPromotion), `Results of the process ${name} came`).map(withOneImageUrl);
  }
}

/** The guide spells the key `promotionImageURL`, Salesforce's SDKs read `promotionImageUrl`. */
function withOneImageUrl({ promotionImageURL, ...promotion }: MemberPromotion): MemberPromotion {
  if (promotion.promotionImageUrl || typeof promotionImageURL !== 'string') return promotion;
  return { ...promotion, promotionImageUrl: promotionImageURL };
}
