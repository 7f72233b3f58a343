import type { OrgProgram, OrgRecord } from '../org/readOrgProgram.js';
import type { PlanEntry, UntouchedRecord } from './programPlan.js';

const end = 'MaximumEligibleBalance';

/**
 * The highest tier of a definition has no end. It keeps the one that it has while the org has further tiers of the same
 * group, because the two would overlap.
 * @param kept records that stay although the definition does not have them
 */
export function withKeptTiers(
  entries: readonly PlanEntry[],
  { objects }: OrgProgram,
  kept: readonly UntouchedRecord[],
): PlanEntry[] {
  const tiers = new Map(objects.get('LoyaltyTier')?.records.map((record) => [record.id, record]));
  const groups = new Set(kept.flatMap(({ id }) => groupOf(tiers.get(id)) ?? []));
  return entries.map((entry) => {
    const group = groupOf(tiers.get(entry.id ?? ''));
    return group !== undefined && groups.has(group) ? withoutOpenEnd(entry) : entry;
  });
}

function groupOf(tier: OrgRecord | undefined): string | undefined {
  const group = tier?.values['LoyaltyTierGroupId'];
  return typeof group === 'string' ? group : undefined;
}

function withoutOpenEnd(entry: PlanEntry): PlanEntry {
  const { source } = entry;
  const fields = entry.fields.filter(({ field, to }) => field !== end || to !== null);
  if (source.kind !== 'record' || fields.length === entry.fields.length) return entry;
  const { reason, ...rest } = entry;
  const changed = { ...rest, fields, source: { ...source, changed: fields.map(({ field }) => field) } };
  if (fields.length === 0) return { ...changed, action: 'leave' };
  return reason === undefined ? changed : { ...changed, reason };
}
