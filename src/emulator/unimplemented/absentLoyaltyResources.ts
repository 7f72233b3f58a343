import { allResources } from '../../contract/endpoints/index.js';
import { routePath } from '../http/routePath.js';
import type { DocumentedResource } from './documentedResource.js';

const program = '/loyalty/programs/:program';
const member = `${program}/members/:membershipNumber`;
const enrolling = '/loyalty-programs/:program';
const promotions = '/global-promotions-management';

/** Resources of the Loyalty Management and Referral Marketing guides that this org does not have. */
export const absentLoyaltyResources: readonly DocumentedResource[] = [
  post('/referral-programs/:program/promotions/:promotionCode/member-enrollments', 59, 'the enrollment of advocates'),
  post('/referral-program/referral-event', 59, 'referral events'),
  post('/referral-programs/advocate-profile', 62, 'the advocate profile'),
  post('/vouchers/:voucherCode/redemption', 59, 'the redemption of vouchers of referrals'),
  post(`${promotions}/coupons/usage-increase`, 63, 'the usage of coupons'),
  post(`${promotions}/coupons/usage-decrease`, 63, 'the usage of coupons'),
];

/** Every resource of those guides. */
export const documentedLoyaltyResources: readonly DocumentedResource[] = [
  ...allResources.map(({ method, path, since, guide }) => ({ method, path: routePath(path), since, what: guide })),
  ...absentLoyaltyResources,
];

function get(path: string, since: number, what: string): DocumentedResource {
  return { method: 'GET', path, since, what };
}

function post(path: string, since: number, what: string): DocumentedResource {
  return { method: 'POST', path, since, what };
}
