import type { Endpoint } from '../http/endpoint.js';
import type { Org } from '../org.js';
import { Engine } from './engine.js';
import { enrollmentEndpoints } from './enrollment.js';
import { programProcessEndpoints } from './programProcess.js';
import { realtimeEndpoints } from './realtime.js';
import { seedLoyalty } from './seed.js';
import { standardActionEndpoints } from './standardActions.js';

/** What an org can do once Loyalty Management is on. */
export function loyaltyEndpoints(org: Org): Endpoint[] {
  seedLoyalty(org.store);
  const engine = new Engine(org);
  return [
    ...enrollmentEndpoints(org),
    ...realtimeEndpoints(org, engine),
    ...programProcessEndpoints(org, engine),
    ...standardActionEndpoints(org),
  ];
}
