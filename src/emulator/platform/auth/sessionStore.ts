import { randomBytes } from 'node:crypto';
import { OrgRefusal } from '../../orgRefusal.js';
import { AuthorizationCodes } from './authorizationCodes.js';
import type { Session } from '../../http/orgEndpoint.js';
import type { Doorkeeper } from '../../http/orgCall.js';

/** The form of token that clients accept: an org id, an exclamation mark, and letters, digits, dots and underscores. */
const wellFormed = /^00D\w{12,15}![\w.]+$/;
/**
 * Maximum number of tokens, more than any test needs. Older ones are dropped, so memory does not grow in a long run.
 */
const mostRemembered = 10_000;

export interface SessionsOptions {
  readonly organizationId: string;
  readonly defaultUserId: string;
  /** Whether tokens that this org did not issue are refused. */
  readonly strict: boolean;
}

/**
 * The sessions of callers. Without `strict`, any well-formed token is accepted as a session of the integration user, so
 * a client can use an invented token. `expire` ends all sessions so far: as in an org, their tokens are refused from
 * then on. Tokens issued later are accepted, because a client that gets a 401 for a new token would request tokens
 * endlessly.
 */
export class Sessions implements Doorkeeper {
  readonly #live = new Map<string, Session>();
  readonly #expired = new Set<string>();
  readonly #refreshTokens = new Map<string, string>();
  readonly codes = new AuthorizationCodes();

  readonly #options: SessionsOptions;

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  get strict(): boolean {
    return this.#options.strict;
  }

  get organizationId(): string {
    return this.#options.organizationId;
  }

  issue(userId = this.#options.defaultUserId): string {
    const token = `${this.#options.organizationId}!${randomBytes(36).toString('base64url').replaceAll('-', '.')}`;
    this.#remember(token, userId);
    return token;
  }

  admit(token: string): Session {
    const session = this.#live.get(token);
    if (session) return session;
    if (this.strict || this.#expired.has(token) || !wellFormed.test(token)) throw invalidSession();
    return this.#remember(token, this.#options.defaultUserId);
  }

  /**
   * Revokes an access or refresh token.
   *
   * @returns false if the token is unknown or no longer valid
   */
  revoke(token: string): boolean {
    if (this.#expired.has(token)) return false;
    const isKnown = this.#live.delete(token) || this.#refreshTokens.delete(token);
    if (!isKnown && (this.strict || token === '')) return false;
    this.#expire(token);
    return true;
  }

  /** Ends all sessions. */
  expire(): void {
    for (const token of this.#live.keys()) this.#expire(token);
    this.#live.clear();
  }

  rememberRefreshToken(refreshToken: string, userId: string): void {
    this.#refreshTokens.set(refreshToken, userId);
    forgetOldest(this.#refreshTokens);
  }

  /** Without `strict`, every refresh token is valid until it is revoked, because an earlier run may have issued it. */
  userOfRefreshToken(refreshToken: string): string | undefined {
    const userId = this.#refreshTokens.get(refreshToken);
    if (userId !== undefined || this.strict || refreshToken === '') return userId;
    return this.#expired.has(refreshToken) ? undefined : this.#options.defaultUserId;
  }

  #remember(token: string, userId: string): Session {
    const session = { token, userId };
    this.#live.set(token, session);
    forgetOldest(this.#live);
    return session;
  }

  #expire(token: string): void {
    this.#expired.add(token);
    forgetOldest(this.#expired);
  }
}

function forgetOldest(tokens: Map<string, unknown> | Set<string>): void {
  if (tokens.size <= mostRemembered) return;
  const [oldest] = tokens.keys();
  if (oldest !== undefined) tokens.delete(oldest);
}

function invalidSession(): OrgRefusal {
  return new OrgRefusal(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
}
