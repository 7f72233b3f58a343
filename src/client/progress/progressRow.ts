import { z } from 'zod';
import { memberCondition } from '../query/memberCondition.js';
import { soqlText } from '../query/soql.js';

/** Progress of one member in one cumulative promotion. */
export interface ProgressRow {
  readonly promotionId: string;
  readonly promotionName: string;
  /** `yyyy-MM-dd`, or null if the promotion has no end. */
  readonly promotionEndDate: string | null;
  readonly memberId: string;
  readonly membershipNumber: string;
  readonly completed: number;
  readonly target: number | null;
  /** 0 to 100, or more if the rules let usage grow past the target. Null without a target. */
  readonly percent: number | null;
  /** How often the target was reached so far, also in rounds before this one. */
  readonly timesReached: number;
  /** Where the org keeps it: LoyaltyProgramMbrPromotion or LoyaltyPgmMbrAttributeVal. */
  readonly mechanism: 'cumulativeUsage' | 'engagementAttribute';
  /** The engagement attribute that counts. A promotion may have several. */
  readonly attributeId: string | null;
  readonly attributeName: string | null;
  /** False when the org has no row yet, which means nothing is done. */
  readonly isStored: boolean;
}

export interface ProgressFilter {
  readonly program: string;
  /** `0lM…` Id or membership number. Default: every member. */
  readonly member?: string | undefined;
  /** Only progress in running promotions, of at least this many percent, that has not reached its target. */
  readonly near?: number | undefined;
  /** Only progress whose target was reached at least once, in this round or an earlier one. */
  readonly reached?: boolean | undefined;
}

export const MemberKeys = z.object({ Id: z.string(), MembershipNumber: z.string() });

export const PromotionKeys = z.object({ Id: z.string(), Name: z.string(), EndDate: z.string().nullable() });

export function keysOf(
  promotion: z.infer<typeof PromotionKeys>,
  member: z.infer<typeof MemberKeys>,
): Pick<ProgressRow, 'promotionId' | 'promotionName' | 'promotionEndDate' | 'memberId' | 'membershipNumber'> {
  return {
    promotionId: promotion.Id,
    promotionName: promotion.Name,
    promotionEndDate: promotion.EndDate,
    memberId: member.Id,
    membershipNumber: member.MembershipNumber,
  };
}

/** Returns the percentage with two decimal places, like the org's own field. */
export function percentOf(completed: number, target: number | null): number | null {
  return target ? Math.round((completed / target) * 10_000) / 100 : null;
}

/** Returns how often uses that go on after the target have reached it. */
export function roundsIn(completed: number, target: number | null): number {
  return target !== null && target > 0 && completed > 0 ? Math.floor(completed / target) : 0;
}

/**
 * Returns whether a row matches `near`, at least this many percent and the target is not reached, and `reached`, the
 * target was reached at least once.
 */
export function isWantedRow({
  near,
  reached,
}: Pick<ProgressFilter, 'near' | 'reached'>): (row: ProgressRow) => boolean {
  return ({ completed, target, percent, timesReached }) =>
    (near === undefined || (target !== null && completed < target && percent !== null && percent >= near)) &&
    (reached !== true || timesReached > 0);
}

/** Returns a condition on an object that has a LoyaltyProgramMember. */
export function ofMembers({ program, member }: ProgressFilter): string {
  const ofProgram = `LoyaltyProgramMember.Program.Name = ${soqlText(program)}`;
  return member === undefined ? ofProgram : `${ofProgram} AND ${memberCondition(member, 'LoyaltyProgramMember.')}`;
}
