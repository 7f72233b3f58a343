import type { Endpoint, OrgRequest, OrgResponse } from '../../http/endpoint.js';
import type { Org } from '../../org.js';
import { type Grant, grants, OAuthRefusal } from './grants.js';
import { formOf } from './oauthForm.js';

/** How a client gets a token. */
export function oauthEndpoints(org: Org): Endpoint[] {
  return [
    { method: 'POST', path: '/services/oauth2/token', handle: (request) => token(org, request) },
    { method: 'GET', path: '/services/oauth2/token', handle: () => refusal('invalid_request', 'must use HTTP POST') },
    { method: 'GET', path: '/services/oauth2/authorize', handle: (request) => authorize(org, request) },
  ];
}

function token(org: Org, request: OrgRequest): OrgResponse {
  // Old clients put the grant into the address. What the form says comes later, and wins.
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

/** A client may name itself in an `Authorization: Basic` header instead of in the form. */
function withBasic(form: URLSearchParams, { headers }: OrgRequest): URLSearchParams {
  const encoded = /^Basic\s+(\S+)$/i.exec(headers['authorization']?.toString() ?? '')?.[1];
  if (encoded === undefined) return form;
  const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  form.set('client_id', decoded(id));
  form.set('client_secret', decoded(secret.join(':')));
  return form;
}

/** OAuth wants both parts encoded as in a form. Many clients send them as they are, with a `%` that means itself. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Clients split `id` at its slashes to learn the org and the user. There is no `expires_in`: a session has no clock. */
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

/** There is nobody to ask: consent is given at once. Only to this machine, so that no page can use it to redirect. */
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
