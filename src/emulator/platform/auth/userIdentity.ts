import { ok } from '../../http/orgEndpoint.js';
import type { Endpoint, OrgRequest, OrgResponse, Session } from '../../http/orgEndpoint.js';
import type { Org } from '../../org.js';
import { to18 } from '../../store/ids/recordIds.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';

/** The resources that tell callers who they are logged in as. */
export function identityEndpoints(org: Org): Endpoint[] {
  const whoAmI: Endpoint['handle'] = (request) =>
    forCaller(request, (session) => ok(userInfo(request, callerOf(session.userId, org))));
  return [
    { method: 'GET', path: '/services/oauth2/userinfo', handle: whoAmI },
    { method: 'POST', path: '/services/oauth2/userinfo', handle: whoAmI },
    {
      method: 'GET',
      path: '/id/:organization/:user',
      handle: (request) => forCaller(request, () => identityOf(request, org)),
    },
    {
      // `sf org open` sends the browser here. This org has no browser sessions.
      method: 'GET',
      path: '/services/oauth2/singleaccess',
      handle: (request) => {
        const url = `${request.origin}/secur/frontdoor.jsp?otp=local`;
        return forCaller(request, () => ok({ frontdoor_uri: url }));
      },
    },
  ];
}

/** These resources refuse in their own way: with status 403 and a single word. */
function forCaller(request: OrgRequest, answer: (session: Session) => OrgResponse): OrgResponse {
  let session: Session;
  try {
    session = request.session;
  } catch {
    const isMissing = request.headers['authorization'] === undefined && !request.query.has('oauth_token');
    return bareWord(403, isMissing ? 'Missing_OAuth_Token' : 'Bad_OAuth_Token');
  }
  return answer(session);
}

function bareWord(status: number, word: string): OrgResponse {
  return { status, body: word, headers: { 'content-type': 'text/plain;charset=UTF-8' } };
}

/** Returns the identity of the user in the address. An administrator may see every user. */
function identityOf(request: OrgRequest, org: Org): OrgResponse {
  const { organization = '', user = '' } = request.params;
  if (to18(organization) !== org.sessions.organizationId) return bareWord(403, 'Wrong_Org');
  if (!org.store.get('User', to18(user))) return bareWord(404, 'Bad_Id');
  return ok(identity(request, callerOf(to18(user), org)));
}

interface Caller {
  readonly user: SObjectRow;
  readonly organizationId: string;
}

function callerOf(userId: string, { store, sessions }: Org): Caller {
  return { user: store.get('User', userId) ?? { Id: userId }, organizationId: sessions.organizationId };
}

/** The members that both documents have. */
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
