import { ok } from '../http/orgEndpoint.js';
import type { Endpoint } from '../http/orgEndpoint.js';
import type { Org } from '../org.js';

/** DELETE ends all sessions, as an administrator can. The answer contains a new token. */
export function sessionEndpoints({ sessions }: Org): Endpoint[] {
  return [
    {
      method: 'DELETE',
      path: '/emulator/sessions',
      handle: () => {
        sessions.expire();
        return ok({ accessToken: sessions.issue() });
      },
    },
  ];
}
