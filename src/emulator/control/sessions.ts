import { type Endpoint, ok } from '../http/endpoint.js';
import type { Org } from '../org.js';

/** DELETE ends every session, as an administrator does; the answer has a token for whoever goes on. */
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
