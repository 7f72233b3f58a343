import { OrgRefusal } from '../../orgRefusal.js';
import type { Endpoint, OrgRequest, OrgResponse } from '../../http/orgEndpoint.js';
import type { Org } from '../../org.js';
import { OAuthRefusal } from './oauthGrants.js';
import { formOf } from './oauthForm.js';

/** The resources that revoke or inspect a token. */
export function issuedTokenEndpoints(org: Org): Endpoint[] {
  return [
    { method: 'POST', path: '/services/oauth2/revoke', handle: (request) => revoke(org, tokenOf(request)) },
    { method: 'GET', path: '/services/oauth2/revoke', handle: (request) => revokeByGet(org, request) },
    { method: 'POST', path: '/services/oauth2/introspect', handle: (request) => introspect(org, request) },
  ];
}

function tokenOf(request: OrgRequest): string | null {
  return formOf(request).get('token') ?? request.query.get('token');
}

function revoke({ sessions }: Org, token: string | null): OrgResponse {
  if (token !== null && sessions.revoke(token)) return { status: 200 };
  return { status: 400, body: new OAuthRefusal('invalid_token', 'invalid token').toBody() };
}

/**
 * Outside of this machine, a browser does not tell which page caused a GET. So the server could not detect that an
 * image on another site's page ends a session.
 *
 * @throws {OrgRefusal} 403 FORBIDDEN when a browser does not tell which page caused the request
 */
function revokeByGet(org: Org, { headers, query }: OrgRequest): OrgResponse {
  const isBrowser = headers['user-agent']?.toString().startsWith('Mozilla/') ?? false;
  if (isBrowser && headers['sec-fetch-site'] === undefined) {
    throw new OrgRefusal(403, 'FORBIDDEN', 'A browser cannot revoke a token with GET here: use POST');
  }
  return revoke(org, query.get('token'));
}

function introspect({ sessions, store }: Org, request: OrgRequest): OrgResponse {
  const token = tokenOf(request) ?? '';
  try {
    const { userId } = sessions.admit(token);
    const sub = `${request.origin}/id/${sessions.organizationId}/${userId}`;
    const username = store.get('User', userId)?.['Username'];
    return {
      status: 200,
      body: { active: true, scope: 'api refresh_token id', username, sub, token_type: 'access_token' },
    };
  } catch {
    return { status: 200, body: { active: false } };
  }
}
