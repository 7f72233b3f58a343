import type { ParametersFor } from '../../contract/processTemplate.js';
import { tierProcessing } from '../../contract/templates/tierTemplates.js';
import { parseAnswer } from '../parseAnswer.js';
import type { ProcessesResource } from '../processes.js';

export type TierChangeRequest = {
  /** Name of the tier to move the member to. */
  readonly tier: string;
  readonly reason?: string | undefined;
  /** Name of the org's process of type TierProcessing. Default: the name of the type. */
  readonly processName?: string | undefined;
} & ({ readonly membershipNumber: string } | { readonly memberId: string });

/** Null where the process returned nothing, as it does while its rule is not active. Days are `yyyy-MM-dd`. */
export interface TierChangeResult {
  readonly currentTier: string | null;
  readonly previousTier: string | null;
  readonly effectiveDate: string | null;
  readonly expirationDate: string | null;
}

/** `client.tiers`: LoyaltyMemberTier. */
export class TiersResource {
  readonly #processes: ProcessesResource;

  constructor(processes: ProcessesResource) {
    this.#processes = processes;
  }

  /** Runs a process of type TierProcessing, sent at most once. */
  async change(program: string, request: TierChangeRequest): Promise<TierChangeResult> {
    const { type, result } = tierProcessing;
    const { tier, reason, processName: name = type } = request;
    const input: ParametersFor<typeof tierProcessing> = {
      ...('memberId' in request ? { MemberId: request.memberId } : { MembershipNumber: request.membershipNumber }),
      NewTier: tier,
      ...(reason !== undefined && { ReasonForChange: reason }),
    };
    const [first = {}] = await this.#processes.run(program, name, input);
    const answer = parseAnswer(first, result, `A result of the process ${name} came`);
    return {
      currentTier: answer.CurrentTier ?? null,
      previousTier: answer.PreviousTier ?? null,
      effectiveDate: answer.EffectiveDate ?? null,
      expirationDate: answer.TierExpirationDate ?? null,
    };
  }
}
