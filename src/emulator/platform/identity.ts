import type { Endpoint, OrgRequest, OrgResponse, Session } from '../http/endpoint.js';
import type { Org } from '../org.js';
import type { SObjectRow } from '../store/table.js';

/** Who am I? */
export function identityEndpoints(org: Org): Endpoint[] {
  return [
    {
      method: 'GET',
      path: '/services/oauth2/userinfo',
      handle: (request) => forCaller(request, (session) => userInfo(request, callerOf(session, org))),
    },
    {
      method: 'GET',
      path: '/id/:organization/:user',
      handle: (request) => forCaller(request, (session) => identity(request, callerOf(session, org))),
    },
    {
      // Where `sf org open` sends the browser. There is no browser session behind it.
      method: 'GET',
      path: '/services/oauth2/singleaccess',
      handle: (request) => {
        const url = `${request.origin}/secur/frontdoor.jsp?otp=local`;
        return forCaller(request, () => ({ frontdoor_uri: url }));
      },
    },
  ];
}

/** These resources say no in their own way: 403 and a bare word. */
function forCaller(request: OrgRequest, answer: (session: Session) => Record<string, unknown>): OrgResponse {
  let session: Session;
  try {
    session = request.session;
  } catch {
    return { status: 403, body: 'Bad_OAuth_Token', headers: { 'content-type': 'text/plain;charset=UTF-8' } };
  }
  return { status: 200, body: answer(session) };
}

interface Caller {
  readonly user: SObjectRow;
  readonly organizationId: string;
}

function callerOf({ userId }: Session, { store, sessions }: Org): Caller {
  return { user: store.get('User', userId) ?? { Id: userId }, organizationId: sessions.organizationId };
}

/** What both documents say. */
function commonOf({ user, organizationId }: Caller): Record<string, unknown> {
  return {
    user_id: user.Id,
    organization_id: organizationId,
    email: user['Email'],
    email_verified: true,
    photos: { picture: '', thumbnail: '' },
    is_salesforce_integration_user: true,
    active: user['IsActive'],
    user_type: 'STANDARD',
    language: user['LanguageLocaleKey'],
    locale: user['LocaleSidKey'],
    utcOffset: 0,
    is_app_installed: true,
  };
}

function userInfo({ origin }: OrgRequest, caller: Caller): Record<string, unknown> {
  const { user, organizationId } = caller;
  return {
    sub: `${origin}/id/${organizationId}/${user.Id}`,
    ...commonOf(caller),
    preferred_username: user['Username'],
    nickname: user['Alias'],
    name: user['Name'],
    given_name: user['FirstName'],
    family_name: user['LastName'],
    zoneinfo: user['TimeZoneSidKey'],
    profile: `${origin}/${user.Id}`,
    phone_number: null,
    phone_number_verified: false,
    address: {},
    urls: { rest: `${origin}/services/data/v{version}/` },
    updated_at: user['LastModifiedDate'],
  };
}

function identity({ origin }: OrgRequest, caller: Caller): Record<string, unknown> {
  const { user, organizationId } = caller;
  const rest = `${origin}/services/data/v{version}/`;
  return {
    id: `${origin}/id/${organizationId}/${user.Id}`,
    asserted_user: true,
    ...commonOf(caller),
    username: user['Username'],
    nick_name: user['Alias'],
    display_name: user['Name'],
    first_name: user['FirstName'],
    last_name: user['LastName'],
    timezone: user['TimeZoneSidKey'],
    urls: { rest, sobjects: `${rest}sobjects/`, query: `${rest}query/` },
    last_modified_date: user['LastModifiedDate'],
  };
}
