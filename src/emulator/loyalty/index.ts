import type { Endpoint } from '../http/endpoint.js';
import type { Org } from '../org.js';
import { Engine } from './engine/engine.js';
import { enrollmentEndpoints } from './enrollment/enrollment.js';
import { programProcessEndpoints } from './processes/programProcess.js';
import { realtimeEndpoints } from './realtime/realtime.js';
import { seedLoyalty } from './seed.js';
import { standardActionEndpoints } from './actions/standardActions.js';

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
