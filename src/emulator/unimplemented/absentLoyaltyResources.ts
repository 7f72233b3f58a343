import { allResources } from '../../contract/endpoints/index.js';
import { routePath } from '../http/routePath.js';
import type { DocumentedResource } from './documentedResource.js';

const program = '/loyalty/programs/:program';
const member = `${program}/members/:membershipNumber`;
const enrolling = '/loyalty-programs/:program';
const promotions = '/global-promotions-management';

/** Resources of the Loyalty Management and Referral Marketing guides that this org does not have. */
export const absentLoyaltyResources: readonly DocumentedResource[] = [
  post(`${enrolling}/clubs/:club/member-enrollment`, 64, 'the enrollment in clubs'),
  post(`${enrolling}/clubs/:club/membership-renewal`, 64, 'the renewal of club memberships'),
  get('/club/members', 64, 'the club member profile'),
  post(`${member}/partners/:partner/link`, 66, 'links to partners'),
  post(`${member}/partners/:partner/unlink`, 66, 'links to partners'),
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
