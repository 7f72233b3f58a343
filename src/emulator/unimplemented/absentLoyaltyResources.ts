import { allResources } from '../../contract/endpoints/index.js';
import { routePath } from '../http/routePath.js';
import type { DocumentedResource } from './documentedResource.js';

/** Resources of the Loyalty Management and Referral Marketing guides that this org does not have. */
export const absentLoyaltyResources: readonly DocumentedResource[] = [];

/** Every resource of those guides. */
export const documentedLoyaltyResources: readonly DocumentedResource[] = [
  ...allResources.map(({ method, path, since, guide }) => ({ method, path: routePath(path), since, what: guide })),
  ...absentLoyaltyResources,
];
