import { createHash, randomBytes } from 'node:crypto';

/** Maximum number of unused codes. Older ones are dropped. */
const mostWaiting = 1_000;

/** Parameters of the `authorize` request. The token request must match them. */
export interface Consent {
  readonly redirectUri: string;
  /** PKCE challenge: the SHA-256 of the verifier, in base64url. */
  readonly challenge: string | null;
}

/** Authorization codes given to browsers. Each code is valid once. */
export class AuthorizationCodes {
  readonly #waiting = new Map<string, Consent>();

  issue(consent: Consent): string {
    const code = `aPrx${randomBytes(32).toString('hex')}`;
    this.#waiting.set(code, consent);
    const [oldest] = this.#waiting.keys();
    if (this.#waiting.size > mostWaiting && oldest !== undefined) this.#waiting.delete(oldest);
    return code;
  }

  /** @returns undefined for a code that is unknown or already used */
  redeem(code: string): Consent | undefined {
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
