import { z } from 'zod';
import { trailEndpoints } from '../contract/endpoints/trailEndpoints.js';
import type { EngagementTrail } from './engagementTrail.js';
import { LoyaltyApiError } from './failures/callErrors.js';
import type { LoyaltyClient } from './loyaltyClient.js';
import type { PromotionRow } from './promotions.js';
import { noneWithoutFeature } from './query/noneWithoutFeature.js';
import type { QueryResource } from './query/queryResource.js';
import { soqlText } from './query/soql.js';
import { OldApiVersionError } from './vouchers.js';

/** The engagement trail of a promotion, as one member has it. */
export interface MemberTrail {
  readonly promotion: PromotionRow;
  readonly trail: EngagementTrail;
}

/**
 * Reads the engagement trails of a member (API 63): the one of a promotion, by name or Id, or without one those of all
 * promotions that count an active engagement attribute. A promotion without a trail is left out.
 *
 * @throws {OldApiVersionError}
 * @throws {UnknownPromotionError} that lists the program's promotions
 * @throws {LoyaltyProcessError} for HTTP 200 with `status: false`
 */
export async function readMemberTrails(
  { apiVersion, promotions, query }: Pick<LoyaltyClient, 'apiVersion' | 'promotions' | 'query'>,
  program: string,
  { membershipNumber, promotion }: { readonly membershipNumber: string; readonly promotion?: string | undefined },
): Promise<MemberTrail[]> {
  const { since } = trailEndpoints.ofMember;
  const version = Number.parseFloat(apiVersion);
  if (version < since) throw new OldApiVersionError('An engagement trail', since, version);
  const asked =
    promotion === undefined
      ? await promotionsWithAttributes(query, program)
      : [await promotions.get(program, promotion)];
  const trails: MemberTrail[] = [];
  for (const each of asked) {
    const trail = await promotions.trail(program, membershipNumber, each.Id).catch(noneIfNotFound);
    if (trail !== undefined) trails.push({ promotion: each, trail });
  }
  return trails;
}

const AttributeLink = z.object({ Promotion: z.object({ Id: z.string(), Name: z.string() }) });

/** By name, each once. */
async function promotionsWithAttributes(query: QueryResource, program: string): Promise<PromotionRow[]> {
  const soql =
    'SELECT Promotion.Id, Promotion.Name FROM LoyaltyPgmEngmtAttrProm ' +
    `WHERE Promotion.LoyaltyProgram.Name = ${soqlText(program)} AND LoyaltyProgramEngmtAttr.Status = 'Active' ` +
    'ORDER BY Promotion.Name';
  const links = await query.allRows(soql, AttributeLink).catch(noneWithoutFeature);
  return [...new Map(links.map(({ Promotion }) => [Promotion.Id, Promotion])).values()];
}

/** Clients of real orgs take 404 for "no trail". */
function noneIfNotFound(error: unknown): undefined {
  if (error instanceof LoyaltyApiError && error.status === 404 && error.errorCode === 'NOT_FOUND') return undefined;
  throw error;
}
