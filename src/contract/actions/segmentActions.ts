import { z } from 'zod';
import { action } from '../action.js';
import { optional, recordId, structure, textParameter } from '../parameter.js';

/** Promotions as records: all fields, with `attributes`. */
const promotionRecords = structure(z.array(z.looseObject({ Id: z.string().optional() })));

/** Guide: "Get Loyalty Promotion". The promotions that a journal is eligible for, an accrual or a redemption. */
export const getLoyaltyPromotion = action({
  name: 'getLoyaltyPromotion',
  label: 'Get Loyalty Promotion',
  since: 53,
  isRead: true,
  inputs: { JournalId: recordId },
  outputs: { PromotionRecords: promotionRecords },
});

/** Guide: "Get Loyalty Promotion Based on Salesforce CDP". Of these promotions, those whose segments have the member. */
export const getLoyaltyPromotionBasedOnSalesforceCDP = action({
  name: 'getLoyaltyPromotionBasedOnSalesforceCDP',
  label: 'Get Loyalty Promotion Based on Salesforce CDP',
  since: 53,
  isRead: true,
  inputs: { MemberId: recordId, PromotionRecords: optional(promotionRecords) },
  outputs: { PromotionRecords: promotionRecords },
});

/** Guide: "Get Member Active Segments". Both lists are texts with commas. */
export const getMemberActiveSegments = action({
  name: 'getMemberActiveSegments',
  label: 'Get Member Active Segments',
  since: 55,
  isRead: true,
  inputs: { loyaltyProgramMemberID: recordId, segmentIds: optional(textParameter) },
  outputs: { memberSegmentIDs: optional(textParameter) },
});
