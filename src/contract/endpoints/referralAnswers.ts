import { z } from 'zod';
import { isJsonObject } from '../../base/jsonObject.js';

const text = z.string().nullish();

const ReferralVoucher = z.object({
  effectiveDate: text,
  expirationDate: text,
  transactionJournalId: text,
  voucherCode: text,
  /** Name of the definition. */
  voucherDefinition: text,
  voucherId: z.string(),
});
export type ReferralVoucher = z.infer<typeof ReferralVoucher>;

const ReferralEventFields = z.object({
  contactIds: z.array(z.string()),
  referralIds: z.array(z.string()),
  /** Name of the stage. */
  referralStage: text,
  transactionJournalIds: z.array(z.string()),
  /** Voucher of the referred friend. */
  voucherId: text,
  /** Also those of the advocate. Not in the first editions of the guide. */
  voucherList: z.array(ReferralVoucher).nullish(),
});

/**
 * Guide: "Referral Event". The first edition (v59) and the Android SDK have one Id where the later ones have a list, and
 * spell `transactionjournalIds` without a capital.
 */
export const ReferralEventResponse = z.preprocess(withLists, ReferralEventFields);
export type ReferralEventResponse = z.infer<typeof ReferralEventFields>;

function withLists(answer: unknown): unknown {
  if (!isJsonObject(answer)) return answer;
  const { contactId, referralId, transactionjournalIds, ...newer } = answer;
  return {
    ...(contactId !== undefined && { contactIds: listOf(contactId) }),
    ...(referralId !== undefined && { referralIds: listOf(referralId) }),
    transactionJournalIds: transactionjournalIds ?? [],
    ...newer,
  };
}

function listOf(id: unknown): unknown[] {
  return id === null ? [] : [id];
}

const amount = z.preprocess((given) => (typeof given === 'string' ? Number(given) : given), z.number());

/** Guide: "Redeem Voucher Output" of referrals (v59). The table says Double, the sample has a text. */
export const ReferralRedemptionResponse = z.object({ currencyIsoCode: text, remainingAmount: amount });
export type ReferralRedemptionResponse = z.infer<typeof ReferralRedemptionResponse>;
