import { z } from 'zod';
import type { QueryResource } from './queryResource.js';
import { inLists } from './soql.js';

/** What an advocate or a friend got for a referral. */
export type ReferralReward =
  | { readonly for: 'advocate' | 'friend'; readonly voucher: string; readonly code: string | null }
  | { readonly for: 'advocate'; readonly points: number; readonly currency: string };

/** A reward, and the referral that it belongs to. */
export interface FoundReward {
  readonly promotionId: string;
  readonly friendId: string;
  readonly reward: ReferralReward;
}

const Journal = z.object({ PromotionId: z.string().nullable(), ReferredPartyId: z.string().nullable() }).nullable();

const VoucherRow = z.object({
  VoucherCode: z.string().nullable(),
  LoyaltyProgramMemberId: z.string().nullable(),
  VoucherDefinition: z.object({ Name: z.string() }).nullable(),
  TransactionJournal: Journal,
});

const LedgerRow = z.object({
  Points: z.number().nullable(),
  EventType: z.string().nullable(),
  LoyaltyProgramCurrency: z.object({ Name: z.string() }).nullable(),
  TransactionJournal: Journal,
});

const journal = 'TransactionJournal.PromotionId, TransactionJournal.ReferredPartyId';

/**
 * The vouchers and points of the journals of these friends (journals name them since API 60). The rewards of an org
 * whose journals do not name the friend are not found.
 */
export async function readReferralRewards(query: QueryResource, friendIds: readonly string[]): Promise<FoundReward[]> {
  const lists = inLists(friendIds);
  const vouchers = await query.rowsOfAll(lists.map(vouchersSoql), VoucherRow);
  const ledgers = await query.rowsOfAll(lists.map(ledgersSoql), LedgerRow);
  return [
    ...vouchers.flatMap((row) =>
      found(row.TransactionJournal, {
        for: row.LoyaltyProgramMemberId === null ? 'friend' : 'advocate',
        voucher: row.VoucherDefinition?.Name ?? '',
        code: row.VoucherCode,
      }),
    ),
    ...ledgers.flatMap(({ Points, EventType, LoyaltyProgramCurrency: currency, TransactionJournal }) =>
      found(TransactionJournal, {
        for: 'advocate',
        points: EventType === 'Debit' ? -(Points ?? 0) : (Points ?? 0),
        currency: currency?.Name ?? '',
      }),
    ),
  ];
}

function vouchersSoql(list: string): string {
  return (
    `SELECT VoucherCode, LoyaltyProgramMemberId, VoucherDefinition.Name, ${journal} FROM Voucher ` +
    `WHERE TransactionJournal.ReferredPartyId IN ${list} ORDER BY Name`
  );
}

function ledgersSoql(list: string): string {
  return (
    `SELECT Points, EventType, LoyaltyProgramCurrency.Name, ${journal} FROM LoyaltyLedger ` +
    `WHERE TransactionJournal.ReferredPartyId IN ${list} ORDER BY Name`
  );
}

function found(from: z.infer<typeof Journal>, reward: ReferralReward): FoundReward[] {
  const { PromotionId: promotionId, ReferredPartyId: friendId } = from ?? {};
  return promotionId && friendId ? [{ promotionId, friendId, reward }] : [];
}
