import { requestName } from '../../contract/endpoint.js';
import { processEndpoints } from '../../contract/endpoints/processEndpoints.js';
import { realtimeEndpoints } from '../../contract/endpoints/realtimeEndpoints.js';
import type { LoyaltyProcessError } from './callErrors.js';

const runProcesses = [processEndpoints.run, realtimeEndpoints.execute].map(requestName);

/**
 * Whether a process failed that somebody can set up in the org. Clubs, partners, games and others report a failure in the
 * same way, and run none.
 */
export function isProcessFailure({ request }: LoyaltyProcessError): boolean {
  return request === undefined || runProcesses.includes(request);
}
