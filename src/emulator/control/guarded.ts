import { ApiError } from '../apiError.js';
import type { Endpoint } from '../http/endpoint.js';

/**
 * A page of some website that is open in a browser on this machine can send simple requests here, but no header of its
 * own: so whoever sends this one is no page.
 */
export const controlHeader = 'x-emulator-control';

/** Endpoints that only answer whoever sends the header. @throws ApiError 403 FORBIDDEN */
export function guarded(endpoints: readonly Endpoint[]): Endpoint[] {
  return endpoints.map((endpoint) => ({
    ...endpoint,
    handle: (request) => {
      if (request.headers[controlHeader] !== undefined) return endpoint.handle(request);
      throw new ApiError(403, 'FORBIDDEN', `Send the header ${controlHeader} to control the local org.`);
    },
  }));
}
