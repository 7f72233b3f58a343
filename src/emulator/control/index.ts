import { ok, type Endpoint } from '../http/endpoint.js';
import type { Org } from '../org.js';
import { effectEndpoints } from './effects.js';
import { faultEndpoints } from './faults.js';
import { guarded } from './guarded.js';
import { identityEndpoint } from './identity.js';
import { limitEndpoints } from './limits.js';
import { sessionEndpoints } from './sessions.js';
import { snapshotEndpoint } from './snapshot.js';

export { EmulatorStillRunsError, NoEmulatorError, stopEmulator } from './localOrg.js';

/** What the local org can do that an org cannot, below `/emulator`. */
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
      // After the answer has left.
      setTimeout(onStop, 10);
      return ok({ pid: process.pid });
    },
  };
}
