import { createPrivateKey, sign } from 'node:crypto';
import { OAuthErrorBody } from '../../contract/apiError.js';
import { TokenResponse } from '../../contract/oauth.js';
import { LoginError, LostAnswerError, LoyaltyApiError } from '../failures/callErrors.js';
import type { HttpAnswer } from '../failures/httpAnswer.js';
import { strangeAnswer } from '../failures/strangeAnswer.js';
import { withoutKnown } from '../../base/text/withoutSecrets.js';
import { exchange } from './exchange.js';
import { safeInstance } from './safeAddress.js';
import { parseAnswer } from '../parseAnswer.js';
import { parseJson } from '../json.js';

/** An app of the org that runs as its integration user. `instanceUrl` is the org's My Domain. */
export interface ClientCredentials {
  readonly instanceUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A user of the org. The assertion is signed with the private key (PEM) that belongs to the certificate of the app. */
export interface JwtCredentials {
  readonly instanceUrl: string;
  readonly clientId: string;
  readonly username: string;
  readonly privateKey: string;
  /** Default: `https://test.salesforce.com` for a sandbox, otherwise `https://login.salesforce.com`. */
  readonly audience?: string;
}

export type Credentials = ClientCredentials | JwtCredentials;

const loginRequest = 'POST /services/oauth2/token';

/** Seconds for which an assertion is valid. Depending on the page, Salesforce Help allows three or five minutes. */
const assertionLife = 180;

/**
 * Gets a token: `POST {instanceUrl}/services/oauth2/token`. The answer has no `expires_in`.
 *
 * @throws {LoginError} when the org refuses
 * @throws {LostAnswerError} when no answer came
 * @throws {AddressError} when the instance, or the one that the answer names, does not use TLS
 */
export async function login(credentials: Credentials, timeout: number): Promise<TokenResponse> {
  const origin = originOf(credentials);
  const fields = grant(credentials);
  const answer = await exchange(
    {
      method: 'POST',
      url: `${origin}/services/oauth2/token`,
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
      // A login can be repeated at any time.
      isRead: true,
    },
    { timeout },
  );
  if (answer.statusCode < 300) return tokenOf(answer, origin);
  // An answer may repeat what was sent.
  const told = { ...answer, body: withoutKnown(answer.body, secretsOf(fields)) };
  const refusal = OAuthErrorBody.safeParse(parseJson(told.body)).data;
  if (refusal) throw new LoginError(refusal.error, refusal.error_description).ofRequest(loginRequest);
  throw new LoyaltyApiError(told, { isRead: true }).ofRequest(loginRequest);
}

function tokenOf(answer: HttpAnswer, origin: string): TokenResponse {
  const body = parseJson(answer.body);
  if (body === undefined) throw new LostAnswerError('unreadable', strangeAnswer(answer), true, { isRead: true });
  const token = parseAnswer(body, TokenResponse, {
    what: 'An answer to the login came',
    isRead: true,
    request: loginRequest,
  });
  return { ...token, instance_url: safeInstance(token.instance_url, origin) };
}

function secretsOf({ client_secret: secret, assertion: signed }: Record<string, string>): string[] {
  return [secret, signed].filter((text) => text !== undefined);
}

/** Returns the instance URL without a slash at the end. */
export function originOf({ instanceUrl }: { readonly instanceUrl: string }): string {
  return instanceUrl.replace(/\/+$/, '');
}

function grant(credentials: Credentials): Record<string, string> {
  if ('clientSecret' in credentials) {
    const { clientId, clientSecret } = credentials;
    return { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
  }
  return { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: assertion(credentials) };
}

function assertion(credentials: JwtCredentials): string {
  const claims = {
    iss: credentials.clientId,
    sub: credentials.username,
    aud: credentials.audience ?? audienceOf(credentials.instanceUrl),
    exp: Math.floor(Date.now() / 1000) + assertionLife,
  };
  const unsigned = `${base64url({ alg: 'RS256' })}.${base64url(claims)}`;
  const signature = sign('sha256', Buffer.from(unsigned), createPrivateKey(credentials.privateKey));
  return `${unsigned}.${signature.toString('base64url')}`;
}

function audienceOf(instanceUrl: string): string {
  return instanceUrl.includes('.sandbox.') ? 'https://test.salesforce.com' : 'https://login.salesforce.com';
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
