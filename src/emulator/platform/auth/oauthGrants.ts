import { randomBytes } from 'node:crypto';
import { OrgRefusal } from '../../orgRefusal.js';
import type { Org } from '../../org.js';
import { isVerified } from './authorizationCodes.js';
import { addUser, integrationUserId } from '../seedPlatform.js';

/** Result of a grant: the user to act as, and perhaps a refresh token. */
export interface Grant {
  readonly userId: string;
  readonly refreshToken?: string;
}

/** Refusal of the token endpoint. Unlike other resources, it answers with an object instead of a list of errors. */
export class OAuthRefusal extends Error {
  override readonly name = 'OAuthRefusal';

  constructor(
    readonly error: string,
    description: string,
  ) {
    super(description);
  }

  toBody(): { error: string; error_description: string } {
    return { error: this.error, error_description: this.message };
  }
}

type GrantType = (form: URLSearchParams, org: Org) => Grant;

/**
 * This org has no registered apps, so it accepts any client id and secret. It checks the form of a request, so a
 * request that an org would refuse for its form is refused here too.
 */
export const grants: ReadonlyMap<string, GrantType> = new Map<string, GrantType>([
  ['client_credentials', clientCredentials],
  ['urn:ietf:params:oauth:grant-type:jwt-bearer', jwtBearer],
  ['refresh_token', refresh],
  ['password', password],
  ['authorization_code', authorizationCode],
]);

function clientCredentials(form: URLSearchParams): Grant {
  requireClient(form);
  if (!form.get('client_secret')) throw new OAuthRefusal('invalid_client', 'invalid client credentials');
  return { userId: integrationUserId };
}

/**
 * The signature is not checked, because there is no certificate to check it with. `exp` is refused only if it is in the
 * past. The CLI sends it in milliseconds, which means far in the future, and production orgs accept that.
 */
function jwtBearer(form: URLSearchParams, org: Org): Grant {
  const claims = claimsOf(form.get('assertion') ?? '');
  const { iss, sub, exp } = claims;
  if (!isText(iss) || !isText(sub)) throw failed('invalid assertion');
  if (typeof exp !== 'number' || exp * 1000 < org.clock.now()) throw failed('expired authorization code');
  return { userId: userNamed(sub, org) };
}

function refresh(form: URLSearchParams, { sessions }: Org): Grant {
  requireClient(form);
  const userId = sessions.userOfRefreshToken(form.get('refresh_token') ?? '');
  if (userId === undefined) throw failed('expired access/refresh token');
  return { userId };
}

function password(form: URLSearchParams, org: Org): Grant {
  requireClient(form);
  const username = form.get('username');
  if (!username || !form.get('password')) throw failed('authentication failure');
  return { userId: userNamed(username, org) };
}

function authorizationCode(form: URLSearchParams, { sessions }: Org): Grant {
  requireClient(form);
  const consent = sessions.codes.redeem(form.get('code') ?? '');
  // A code can only come from `authorize`, which logs everyone in as the integration user.
  if (!consent) throw failed('expired authorization code');
  if (form.get('redirect_uri') !== consent.redirectUri)
    throw new OAuthRefusal('redirect_uri_mismatch', 'redirect_uri must match configuration');
  if (!isVerified(consent, form.get('code_verifier'))) throw failed('invalid code verifier');
  const refreshToken = `5Aep861${randomBytes(32).toString('hex')}`;
  sessions.rememberRefreshToken(refreshToken, integrationUserId);
  return { userId: integrationUserId, refreshToken };
}

function requireClient(form: URLSearchParams): void {
  if (!form.get('client_id')) throw new OAuthRefusal('invalid_client_id', 'client identifier invalid');
}

/** Finds a user by name, or adds one, so tests can log in as users that they have not created. */
function userNamed(username: string, { store, sessions }: Org): string {
  const user = store.first('User', { Username: username });
  if (user?.['IsActive'] === false) throw new OAuthRefusal('inactive_user', 'user is inactive');
  if (user) return user.Id;
  if (sessions.strict) throw failed("user hasn't approved this consumer");
  try {
    return addUser(store, username);
  } catch (error) {
    // The name is not a valid username.
    if (error instanceof OrgRefusal) throw failed('authentication failure');
    throw error;
  }
}

function claimsOf(assertion: string): Record<string, unknown> {
  const [, payload = '', signature] = assertion.split('.');
  try {
    if (signature === undefined) throw new SyntaxError('no signature');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown> | null;
    return claims ?? {};
  } catch {
    throw failed('invalid assertion');
  }
}

function isText(claim: unknown): claim is string {
  return typeof claim === 'string' && claim !== '';
}

function failed(description: string): OAuthRefusal {
  return new OAuthRefusal('invalid_grant', description);
}
