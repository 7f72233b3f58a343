import type { Endpoint } from '../http/endpoint.js';
import type { Org } from '../org.js';
import { discoveryEndpoints } from './discovery.js';

/** Everything that an org has before it has any product. */
export function platformEndpoints(org: Org): Endpoint[] {
  return [...discoveryEndpoints(org)];
}
