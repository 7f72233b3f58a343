import type { Endpoint } from '../http/orgEndpoint.js';
import type { Org } from '../org.js';
import { actionHandlers } from './actions/actionHandlers.js';
import { processActionHandlers } from './actions/processActions.js';
import { batchJobHandlers } from './batchJobs/batchJobHandlers.js';
import { cancelHandlers } from './batchJobs/cancelHandlers.js';
import { failInterruptedJobs } from './batchJobs/jobRecords.js';
import { benefitHandlers } from './benefits/benefitHandlers.js';
import { cartPromotionHandlers } from './cartPromotions/cartPromotionHandlers.js';
import { couponHandlers } from './cartPromotions/couponHandlers.js';
import { rewardHandlers } from './cartPromotions/rewardHandlers.js';
import { clubHandlers } from './clubs/clubHandlers.js';
import { enrollmentHandlers } from './enrollment/enrollmentHandlers.js';
import { gameHandlers } from './games/gameHandlers.js';
import { openLoyalty } from './loyaltyOrg.js';
import { memberHandlers } from './members/memberHandlers.js';
import { partnerHandlers } from './partners/partnerHandlers.js';
import { pointsJobsEndpoint } from './pointsJobs/pointsJobsEndpoint.js';
import { processHandlers } from './processes/processHandlers.js';
import { realtimeHandlers } from './realtime/realtimeHandlers.js';
import { referralHandlers } from './referrals/referralHandlers.js';
import { seedLoyalty } from './seedLoyalty.js';
import { trailHandlers } from './trails/trailHandlers.js';
import { transactionHandlers } from './transactions/transactionHandlers.js';
import { redeemHandlers } from './vouchers/redeemHandlers.js';
import { voucherHandlers } from './vouchers/voucherListHandlers.js';

const resources = [
  ...enrollmentHandlers,
  ...clubHandlers,
  ...partnerHandlers,
  ...memberHandlers,
  ...benefitHandlers,
  ...transactionHandlers,
  ...trailHandlers,
  ...cartPromotionHandlers,
  ...rewardHandlers,
  ...couponHandlers,
  ...voucherHandlers,
  ...redeemHandlers,
  ...referralHandlers,
  ...gameHandlers,
  ...realtimeHandlers,
  ...processHandlers,
  ...actionHandlers,
  ...batchJobHandlers,
  ...cancelHandlers,
  ...processActionHandlers,
];

/** What an org can do once Loyalty Management is on. */
export function loyaltyEndpoints(org: Org): Endpoint[] {
  seedLoyalty(org.store);
  const loyalty = openLoyalty(org);
  failInterruptedJobs(loyalty);
  return [...resources.map((served) => served(loyalty)), ...pointsJobsEndpoint(loyalty)];
}
