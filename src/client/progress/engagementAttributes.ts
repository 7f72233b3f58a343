import { z } from 'zod';
import { noneWithoutFeature } from '../query/noneWithoutFeature.js';
import { isCurrent } from '../query/period.js';
import { MemberKeys, PromotionKeys, isWantedRow, keysOf, ofMembers, percentOf, roundsIn } from './progressRow.js';
import type { ProgressFilter, ProgressRow } from './progressRow.js';
import type { QueryResource } from '../query/queryResource.js';
import { soqlText } from '../query/soql.js';

/** An active engagement attribute that counts for a promotion. */
export const CountingAttribute = z.object({
  LoyaltyProgramEngmtAttr: z.object({ Id: z.string(), Name: z.string(), TargetValue: z.string().nullable() }),
  Promotion: PromotionKeys.extend({ CumulativeUsageTarget: z.number().nullable(), IsActive: z.boolean().nullable() }),
});
export type CountingAttribute = z.infer<typeof CountingAttribute>;

export const AttributeValue = z.object({
  LoyaltyPgmEngmtAttributeId: z.string(),
  LoyaltyProgramMember: MemberKeys,
  CurrentValue: z.string().nullable(),
  /** How often the value was complete and began again. */
  ResetCount: z.number().nullish(),
  StartDate: z.string().nullable(),
  EndDate: z.string().nullable(),
});
export type AttributeValue = z.infer<typeof AttributeValue>;

/** Reads the attributes of promotions without their own target. With a target, the other mechanism counts. */
export async function readCountingAttributes(query: QueryResource, program: string): Promise<CountingAttribute[]> {
  const attributes = await query.allRows(countingAttributesSoql(program), CountingAttribute).catch(noneWithoutFeature);
  return attributes.filter(hasNoOtherTarget);
}

export function countingAttributesSoql(program: string): string {
  return (
    'SELECT LoyaltyProgramEngmtAttr.Id, LoyaltyProgramEngmtAttr.Name, LoyaltyProgramEngmtAttr.TargetValue, ' +
    'Promotion.Id, Promotion.Name, Promotion.EndDate, Promotion.IsActive, Promotion.CumulativeUsageTarget ' +
    'FROM LoyaltyPgmEngmtAttrProm ' +
    `WHERE Promotion.LoyaltyProgram.Name = ${soqlText(program)} AND LoyaltyProgramEngmtAttr.Status = 'Active'`
  );
}

export function hasNoOtherTarget({ Promotion }: CountingAttribute): boolean {
  return Promotion.CumulativeUsageTarget === null;
}

/** Reads the progress of members in these attributes. `now` is in milliseconds. */
export async function readAttributeProgress(
  query: QueryResource,
  attributes: readonly CountingAttribute[],
  filter: ProgressFilter & { readonly now: number },
): Promise<ProgressRow[]> {
  const counting = filter.near === undefined ? attributes : attributes.filter(isOfRunning(filter.now));
  if (counting.length === 0) return [];
  const soql = `SELECT ${valueColumns} FROM LoyaltyPgmMbrAttributeVal WHERE ${ofMembers(filter)} ${valueOrder}`;
  const values = currentValues(await query.allRows(soql, AttributeValue), filter.now);
  return counting
    .flatMap((attribute) => values.filter(isOf(attribute)).map((value) => attributeProgress(attribute, value)))
    .filter(isWantedRow(filter));
}

function isOfRunning(now: number): (attribute: CountingAttribute) => boolean {
  return ({ Promotion }) => Promotion.IsActive === true && isCurrent({ start: null, end: Promotion.EndDate }, now);
}

/** Returns the number in a text, or null if there is none. The org stores attribute values and targets as text. */
export function numberIn(text: string | null): number | null {
  const value = Number(text?.trim() || Number.NaN);
  return Number.isNaN(value) ? null : value;
}

export const valueColumns =
  'LoyaltyPgmEngmtAttributeId, LoyaltyProgramMember.Id, LoyaltyProgramMember.MembershipNumber, ' +
  'CurrentValue, ResetCount, StartDate, EndDate';
export const valueOrder = 'ORDER BY StartDate ASC NULLS FIRST';

/**
 * Returns the values that count now. An attribute may have a row for each period: the latest that has begun and not
 * ended counts.
 * @param values in the order of their periods
 */
export function currentValues<Value extends AttributeValue>(values: readonly Value[], now: number): Value[] {
  const current = new Map<string, Value>();
  for (const value of values) {
    if (!isCurrent({ start: value.StartDate, end: value.EndDate }, now)) continue;
    current.set(`${value.LoyaltyPgmEngmtAttributeId} ${value.LoyaltyProgramMember.Id}`, value);
  }
  return [...current.values()];
}

export function isOf({ LoyaltyProgramEngmtAttr }: CountingAttribute): (value: AttributeValue) => boolean {
  return (value) => value.LoyaltyPgmEngmtAttributeId === LoyaltyProgramEngmtAttr.Id;
}

export function attributeProgress(
  { LoyaltyProgramEngmtAttr, Promotion }: CountingAttribute,
  value: AttributeValue,
): ProgressRow {
  const completed = numberIn(value.CurrentValue) ?? 0;
  const target = numberIn(LoyaltyProgramEngmtAttr.TargetValue);
  return {
    ...keysOf(Promotion, value.LoyaltyProgramMember),
    completed,
    target,
    percent: percentOf(completed, target),
    timesReached: (value.ResetCount ?? 0) + roundsIn(completed, target),
    mechanism: 'engagementAttribute',
    attributeId: LoyaltyProgramEngmtAttr.Id,
    attributeName: LoyaltyProgramEngmtAttr.Name,
    isStored: true,
  };
}
