import { ok, type Endpoint } from '../http/orgEndpoint.js';
import type { Org } from '../org.js';
import { effectEndpoints } from './effects.js';
import { faultEndpoints } from './faults.js';
import { guarded } from './guarded.js';
import { identityEndpoint } from './identity.js';
import { limitEndpoints } from './limits.js';
import { sessionEndpoints } from './sessions.js';
import { snapshotEndpoint } from './snapshot.js';

export { EmulatorStillRunsError, NoEmulatorError, stopEmulator } from './localOrg.js';

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
