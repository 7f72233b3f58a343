import { OrgRefusal } from '../orgRefusal.js';
import type { Endpoint } from '../http/orgEndpoint.js';

/**
 * A website that is open in a browser on this machine can send simple requests here, but it cannot add headers. So a
 * request with this header does not come from a website.
 */
export const controlHeader = 'x-emulator-control';

/** Makes endpoints refuse requests without the header, with 403 FORBIDDEN. */
export function guarded(endpoints: readonly Endpoint[]): Endpoint[] {
  return endpoints.map((endpoint) => ({
    ...endpoint,
    handle: (request) => {
      if (request.headers[controlHeader] !== undefined) return endpoint.handle(request);
      throw new OrgRefusal(403, 'FORBIDDEN', `Send the header ${controlHeader} to control the local org.`);
    },
  }));
}
