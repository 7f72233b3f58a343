import { ok } from '../http/orgEndpoint.js';
import type { Endpoint } from '../http/orgEndpoint.js';
import type { Org } from '../org.js';
import { effectEndpoints } from './effectsEndpoint.js';
import { faultEndpoints } from './faultsEndpoint.js';
import { guarded } from './guardedControl.js';
import { identityEndpoint } from './identityEndpoint.js';
import { limitEndpoints } from './limitsEndpoint.js';
import { sessionEndpoints } from './sessionsEndpoint.js';
import { snapshotEndpoint } from './snapshotEndpoint.js';

export {
  EmulatorStillRunsError,
  NoEmulatorError,
  runPointsJobs,
  stopEmulator,
  type PointsJobResult,
} from './localOrg.js';

/** Resources below `/emulator`, which a real org does not have. */
export function controlEndpoints(org: Org, onStop: () => void): Endpoint[] {
  return guarded([
    identityEndpoint(),
    stopEndpoint(onStop),
    snapshotEndpoint(org),
    ...faultEndpoints(org.faults),
    ...effectEndpoints(org.effects),
    ...limitEndpoints(org),
    ...sessionEndpoints(org),
  ]);
}

/** Ends the org. */
function stopEndpoint(onStop: () => void): Endpoint {
  return {
    method: 'POST',
    path: '/emulator/stop',
    handle: () => {
      // The delay lets the answer be sent first.
      setTimeout(onStop, 10);
      return ok({ pid: process.pid });
    },
  };
}
