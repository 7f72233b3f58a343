import { z } from 'zod';
import type { Store } from '../../../store/store.js';
import type { WriteContext } from '../../writeContext.js';

/** Fields of LoyaltyMemberCurrency whose sums move with a membership. The balances follow from them. */
export const mergedTotals = [
  'TotalPointsAccrued',
  'TotalPointsRedeemed',
  'TotalPointsExpired',
  'TotalEscrowPointsAccrued',
  'TotalEscrowRolloverPoints',
] as const;

/** Records that move with a membership: the object, and the field that names the member. */
export const movingObjects = {
  TransactionJournal: 'MemberId',
  LoyaltyLedger: 'LoyaltyProgramMemberId',
  LoyaltyLedgerTraceability: 'LoyaltyProgramMemberId',
  LoyaltyAggrPointExprLedger: 'LoyaltyProgramMemberId',
  Voucher: 'LoyaltyProgramMemberId',
} as const;
export type MovingObject = keyof typeof movingObjects;

const Totals = z.record(z.enum(mergedTotals), z.number());

/**
 * What an unmerge needs to know, kept in `LoyaltyProgramMemberMerge.SrcMbrDataBody`. An org keeps the data of the source
 * there, too; its form is unpublished.
 */
const MergedData = z.object({
  memberStatus: z.string(),
  moved: z.record(z.enum(Object.keys(movingObjects) as [MovingObject, ...MovingObject[]]), z.array(z.string())),
  /** Points of the source, by currency of the program. */
  totals: z.record(z.string(), Totals),
  /** Tiers that the target got from the source, and those that it had; null for none. */
  tiers: z.array(z.object({ groupId: z.string(), given: z.string(), before: z.string().nullable() })),
});
export type MergedData = z.infer<typeof MergedData>;

/** The fields of a merge that hold it. */
export function storedData(data: MergedData): Record<string, string | number> {
  const text = JSON.stringify(data);
  return {
    SrcMbrDataBody: Buffer.from(text).toString('base64'),
    SrcMbrDataContentType: 'application/json',
    SrcMbrDataLength: Buffer.byteLength(text),
    SrcMbrDataName: 'SourceMember.json',
  };
}

/** Undefined for a merge that was inserted by hand, or by another hand changed. */
export function readData(body: unknown): MergedData | undefined {
  try {
    return MergedData.parse(JSON.parse(Buffer.from(String(body), 'base64').toString()));
  } catch {
    return undefined;
  }
}

/** Gives records to a member. */
export function moveRecords(
  { store, userId }: WriteContext,
  {
    objectName,
    ids,
    memberId,
  }: { readonly objectName: MovingObject; readonly ids: readonly string[]; readonly memberId: string },
): void {
  for (const id of ids) store.update(objectName, id, { [movingObjects[objectName]]: memberId }, { as: 'org', userId });
}

export function movingIds(store: Store, objectName: MovingObject, memberId: string): string[] {
  return store.find(objectName, { [movingObjects[objectName]]: memberId }).map(({ Id }) => Id);
}
