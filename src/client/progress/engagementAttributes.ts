import { z } from 'zod';
import { noneWithoutFeature } from '../query/noneWithoutFeature.js';
import { isCurrent } from '../query/period.js';
import { MemberKeys, PromotionKeys, isWantedRow, keysOf, ofMembers, percentOf, roundsIn } from './progressRow.js';
import type { ProgressFilter, ProgressRow } from './progressRow.js';
import type { QueryResource } from '../query/queryResource.js';
import { soqlText } from '../query/soql.js';

/** An active engagement attribute that counts for a promotion. */
const CountingAttribute = z.object({
  LoyaltyProgramEngmtAttr: z.object({ Id: z.string(), Name: z.string(), TargetValue: z.string().nullable() }),
  Promotion: PromotionKeys.extend({ CumulativeUsageTarget: z.number().nullable() }),
});
export type CountingAttribute = z.infer<typeof CountingAttribute>;

const AttributeValue = z.object({
  LoyaltyPgmEngmtAttributeId: z.string(),
  LoyaltyProgramMember: MemberKeys,
  CurrentValue: z.string().nullable(),
  /** How often the value was complete and began again. */
  ResetCount: z.number().nullish(),
  StartDate: z.string().nullable(),
  EndDate: z.string().nullable(),
});
type AttributeValue = z.infer<typeof AttributeValue>;

/** Reads the attributes of promotions without their own target. With a target, the other mechanism counts. */
export async function readCountingAttributes(query: QueryResource, program: string): Promise<CountingAttribute[]> {
  const soql =
    'SELECT LoyaltyProgramEngmtAttr.Id, LoyaltyProgramEngmtAttr.Name, LoyaltyProgramEngmtAttr.TargetValue, ' +
    'Promotion.Id, Promotion.Name, Promotion.EndDate, Promotion.CumulativeUsageTarget FROM LoyaltyPgmEngmtAttrProm ' +
    `WHERE Promotion.LoyaltyProgram.Name = ${soqlText(program)} AND LoyaltyProgramEngmtAttr.Status = 'Active'`;
  const attributes = await query.allRows(soql, CountingAttribute).catch(noneWithoutFeature);
  return attributes.filter(({ Promotion }) => Promotion.CumulativeUsageTarget === null);
}

/** Reads the progress of members in these attributes. `now` is in milliseconds. */
export async function readAttributeProgress(
  query: QueryResource,
  attributes: readonly CountingAttribute[],
  filter: ProgressFilter & { readonly now: number },
): Promise<ProgressRow[]> {
  if (attributes.length === 0) return [];
  const values = await readCurrentValues(query, filter);
  return attributes
    .flatMap((attribute) => values.filter(isOf(attribute)).map((value) => progressOf(attribute, value)))
    .filter(isWantedRow(filter));
}

/** Returns the number in a text, or null if there is none. The org stores attribute values and targets as text. */
export function numberIn(text: string | null): number | null {
  const value = Number(text?.trim() || Number.NaN);
  return Number.isNaN(value) ? null : value;
}

async function readCurrentValues(query: QueryResource, filter: ProgressFilter & { readonly now: number }) {
  const soql =
    'SELECT LoyaltyPgmEngmtAttributeId, LoyaltyProgramMember.Id, LoyaltyProgramMember.MembershipNumber, ' +
    `CurrentValue, ResetCount, StartDate, EndDate FROM LoyaltyPgmMbrAttributeVal WHERE ${ofMembers(filter)} ` +
    'ORDER BY StartDate ASC NULLS FIRST';
  // An attribute may have a row for each period. The latest that has begun and not ended counts.
  const current = new Map<string, AttributeValue>();
  for await (const value of query.rows(soql, AttributeValue)) {
    if (!isCurrent({ start: value.StartDate, end: value.EndDate }, filter.now)) continue;
    current.set(`${value.LoyaltyPgmEngmtAttributeId} ${value.LoyaltyProgramMember.Id}`, value);
  }
  return [...current.values()];
}

function isOf({ LoyaltyProgramEngmtAttr }: CountingAttribute): (value: AttributeValue) => boolean {
  return (value) => value.LoyaltyPgmEngmtAttributeId === LoyaltyProgramEngmtAttr.Id;
}

function progressOf({ LoyaltyProgramEngmtAttr, Promotion }: CountingAttribute, value: AttributeValue): ProgressRow {
  const completed = numberIn(value.CurrentValue) ?? 0;
  const target = numberIn(LoyaltyProgramEngmtAttr.TargetValue);
  return {
    ...keysOf(Promotion, value.LoyaltyProgramMember),
    completed,
    target,
    percent: percentOf(completed, target),
    timesReached: (value.ResetCount ?? 0) + roundsIn(completed, target),
    mechanism: 'engagementAttribute',
    attributeName: LoyaltyProgramEngmtAttr.Name,
    isStored: true,
  };
}
