import { z } from 'zod';
import { counted } from '../../base/text/counted.js';
import { inLists } from '../../client/index.js';
import { describedFields } from '../org/readOrgProgram.js';
import type { ProgramReader } from '../org/readOrgProgram.js';
import { deletions } from './planUntouched.js';
import type { PlanEntry, UntouchedRecord } from './programPlan.js';

interface Use {
  /** Object whose records refer to a record of a program. */
  readonly object: string;
  readonly field: string;
  /** One such record, in words. */
  readonly word: string;
}

/** What members have of the records of a program, by object. An org may delete it with them, or leave it without them. */
const uses: Readonly<Record<string, Use>> = {
  LoyaltyProgramCurrency: { object: 'LoyaltyLedger', field: 'LoyaltyProgramCurrencyId', word: 'ledger row' },
  LoyaltyTier: { object: 'LoyaltyMemberTier', field: 'LoyaltyTierId', word: 'membership' },
  VoucherDefinition: { object: 'Voucher', field: 'VoucherDefinitionId', word: 'voucher' },
  Promotion: { object: 'LoyaltyProgramMbrPromotion', field: 'PromotionId', word: 'enrollment' },
  LoyaltyProgramBadge: { object: 'LoyaltyProgramMemberBadge', field: 'LoyaltyProgramBadgeId', word: 'badge' },
  LoyaltyPgmEngmtAttribute: {
    ...{ object: 'LoyaltyPgmMbrAttributeVal', field: 'LoyaltyPgmEngmtAttributeId', word: 'value' },
  },
};

/** Says which records are deleted. Those that members have something of cannot be. */
export async function planDeletions(client: ProgramReader, surplus: readonly UntouchedRecord[]): Promise<PlanEntry[]> {
  const counts = new Map<string, number>();
  for (const [object, use] of Object.entries(uses)) {
    const ids = surplus.flatMap((record) => (record.object === object ? record.id : []));
    for (const [id, count] of await countUses(client, use, ids)) counts.set(id, count);
  }
  return deletions(surplus).map((entry) => {
    const count = counts.get(entry.id ?? '');
    const use = uses[entry.object];
    if (count === undefined || use === undefined) return entry;
    const reason = `Members have ${counted(count, use.word)} of it. Take it into the definition, inactive if need be, or delete what they have first.`;
    return { ...entry, action: 'cannot', reason };
  });
}

async function countUses(
  client: ProgramReader,
  { object, field }: Use,
  ids: readonly string[],
): Promise<readonly (readonly [id: string, count: number])[]> {
  if (ids.length === 0 || !(await describedFields(client, object)).has(field)) return [];
  const Row = z.object({ [field]: z.string(), uses: z.number() });
  const counts: [string, number][] = [];
  for (const list of inLists(ids)) {
    const soql = `SELECT ${field}, COUNT(Id) uses FROM ${object} WHERE ${field} IN ${list} GROUP BY ${field}`;
    for (const row of await client.query.allRows(soql, Row)) counts.push([String(row[field]), Number(row['uses'])]);
  }
  return counts;
}
