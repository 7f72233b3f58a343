import type { LoyaltyEndpoint } from '../endpoint.js';
import { batchJobEndpoints } from './batchJobEndpoints.js';
import { benefitEndpoints } from './benefitEndpoints.js';
import { cartPromotionEndpoints } from './cartPromotionEndpoints.js';
import { clubEndpoints } from './clubEndpoints.js';
import { couponEndpoints } from './couponEndpoints.js';
import { enrollmentEndpoints } from './enrollmentEndpoints.js';
import { gameEndpoints } from './gameEndpoints.js';
import { memberEndpoints } from './memberEndpoints.js';
import { partnerEndpoints } from './partnerEndpoints.js';
import { processEndpoints } from './processEndpoints.js';
import { realtimeEndpoints } from './realtimeEndpoints.js';
import { referralEndpoints } from './referralEndpoints.js';
import { trailEndpoints } from './trailEndpoints.js';
import { transactionEndpoints } from './transactionEndpoints.js';
import { voucherEndpoints } from './voucherEndpoints.js';

/** Every loyalty resource that client and local org know, but for standard actions, which share one. */
export const loyaltyResources = {
  batchJobs: batchJobEndpoints,
  benefits: benefitEndpoints,
  cartPromotions: cartPromotionEndpoints,
  clubs: clubEndpoints,
  coupons: couponEndpoints,
  enrollment: enrollmentEndpoints,
  games: gameEndpoints,
  members: memberEndpoints,
  partners: partnerEndpoints,
  processes: processEndpoints,
  realtime: realtimeEndpoints,
  referrals: referralEndpoints,
  trails: trailEndpoints,
  transactions: transactionEndpoints,
  vouchers: voucherEndpoints,
} as const;

export const allResources: readonly LoyaltyEndpoint[] = Object.values(loyaltyResources).flatMap((family) =>
  Object.values<LoyaltyEndpoint>(family),
);
