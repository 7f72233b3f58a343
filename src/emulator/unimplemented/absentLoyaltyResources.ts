import { allResources } from '../../contract/endpoints/index.js';
import { routePath } from '../http/routePath.js';
import type { DocumentedResource } from './documentedResource.js';

const promotions = '/global-promotions-management';

/** Resources of the Loyalty Management and Referral Marketing guides that this org does not have. */
export const absentLoyaltyResources: readonly DocumentedResource[] = [
  post(`${promotions}/coupons/usage-increase`, 63, 'the usage of coupons'),
  post(`${promotions}/coupons/usage-decrease`, 63, 'the usage of coupons'),
];

/** Every resource of those guides. */
export const documentedLoyaltyResources: readonly DocumentedResource[] = [
  ...allResources.map(({ method, path, since, guide }) => ({ method, path: routePath(path), since, what: guide })),
  ...absentLoyaltyResources,
];

function post(path: string, since: number, what: string): DocumentedResource {
  return { method: 'POST', path, since, what };
}
