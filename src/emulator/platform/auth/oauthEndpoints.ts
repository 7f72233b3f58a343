import type { Endpoint, OrgRequest, OrgResponse } from '../../http/orgEndpoint.js';
import type { Org } from '../../org.js';
import { grants, OAuthRefusal } from './oauthGrants.js';
import type { Grant } from './oauthGrants.js';
import { formOf } from './oauthForm.js';

/** The resources that issue tokens. */
export function oauthEndpoints(org: Org): Endpoint[] {
  return [
    { method: 'POST', path: '/services/oauth2/token', handle: (request) => token(org, request) },
    { method: 'GET', path: '/services/oauth2/token', handle: () => refusal('invalid_request', 'must use HTTP POST') },
    { method: 'GET', path: '/services/oauth2/authorize', handle: (request) => authorize(org, request) },
  ];
}

function token(org: Org, request: OrgRequest): OrgResponse {
  // Old clients put the grant into the address. Fields of the form override it.
  const form = new URLSearchParams(Object.fromEntries([...request.query, ...formOf(request)]));
  try {
    const grant = grants.get(form.get('grant_type') ?? '');
    if (!grant) throw new OAuthRefusal('unsupported_grant_type', 'grant type not supported');
    return { status: 200, body: tokenAnswer(org, request.origin, grant(withBasic(form, request), org)) };
  } catch (error) {
    if (error instanceof OAuthRefusal) return { status: 400, body: error.toBody() };
    throw error;
  }
}

function refusal(error: string, description: string): OrgResponse {
  return { status: 400, body: new OAuthRefusal(error, description).toBody() };
}

/** A client may send its id and secret in an `Authorization: Basic` header instead of the form. */
function withBasic(form: URLSearchParams, { headers }: OrgRequest): URLSearchParams {
  const encoded = /^Basic\s+(\S+)$/i.exec(headers['authorization']?.toString() ?? '')?.[1];
  if (encoded === undefined) return form;
  const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  form.set('client_id', decoded(id));
  form.set('client_secret', decoded(secret.join(':')));
  return form;
}

/** OAuth requires both parts to be form-encoded. Many clients do not encode them, so a `%` may be literal. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/**
 * Clients split `id` at its slashes to get the org and the user. There is no `expires_in`, because a session has no
 * time limit.
 */
function tokenAnswer(
  { sessions, clock }: Org,
  origin: string,
  { userId, refreshToken }: Grant,
): Record<string, string> {
  return {
    access_token: sessions.issue(userId),
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    signature: 'c2lnbmF0dXJl',
    scope: 'api refresh_token id',
    instance_url: origin,
    id: `${origin}/id/${sessions.organizationId}/${userId}`,
    token_type: 'Bearer',
    token_format: 'opaque',
    issued_at: String(clock.now()),
  };
}

/**
 * Grants consent without asking. It redirects only to this machine, so other sites cannot use it as an open redirect.
 */
function authorize({ sessions }: Org, { query }: OrgRequest): OrgResponse {
  const target = query.get('redirect_uri') ?? '';
  const url = URL.parse(target);
  if (!url || !['localhost', '127.0.0.1'].includes(url.hostname)) {
    return refusal('redirect_uri_mismatch', 'redirect_uri must match configuration');
  }
  const code = sessions.codes.issue({ redirectUri: target, challenge: query.get('code_challenge') });
  url.searchParams.set('code', code);
  const state = query.get('state');
  if (state !== null) url.searchParams.set('state', state);
  return { status: 302, headers: { location: url.href } };
}
