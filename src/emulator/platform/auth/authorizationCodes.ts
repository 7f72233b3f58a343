import { createHash, randomBytes } from 'node:crypto';

/** More logins than wait at once; older ones are forgotten. */
const mostWaiting = 1_000;

/** What the browser was sent with, and what the token request must agree with. */
export interface Consent {
  readonly redirectUri: string;
  /** Of PKCE: the SHA-256 of the verifier, in base64url. */
  readonly challenge: string | null;
}

/** Codes that a browser was sent back with. Each one is good once. */
export class AuthorizationCodes {
  readonly #waiting = new Map<string, Consent>();

  public issue(consent: Consent): string {
    const code = `aPrx${randomBytes(32).toString('hex')}`;
    this.#waiting.set(code, consent);
    const [oldest] = this.#waiting.keys();
    if (this.#waiting.size > mostWaiting && oldest !== undefined) this.#waiting.delete(oldest);
    return code;
  }

  /** @returns undefined for a code that was not given out here, or that somebody has used */
  public redeem(code: string): Consent | undefined {
    const consent = this.#waiting.get(code);
    this.#waiting.delete(code);
    return consent;
  }
}

export function isVerified({ challenge }: Consent, verifier: string | null): boolean {
  return (
    challenge === null ||
    challenge ===
      createHash('sha256')
        .update(verifier ?? '')
        .digest('base64url')
  );
}
