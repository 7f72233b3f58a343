import type { IncomingHttpHeaders } from 'node:http';
import { systemClock } from '../base/clock.js';
import type { Clock } from '../base/clock.js';
import { isFromForeignPage } from '../base/http/foreignPage.js';
import { namesLoopback } from '../base/http/loopback.js';
import type { DoorAccess } from './doorOptions.js';
import { DoorRefusal } from './doorRefusal.js';
import { isSigned, readSignature, signatureHeader, signatureWindow } from './doorSignature.js';
import type { Signature } from './doorSignature.js';
import { isOneOf } from './sameSecret.js';

/** Decides which requests are admitted. */
export interface DoorGate {
  /** Asked before the body is read. @throws {DoorRefusal} */
  admit(headers: IncomingHttpHeaders): void;
  /**
   * Asked when the request has arrived.
   * @param signed the bytes of the body, or the path if there is none
   * @throws {DoorRefusal}
   */
  admitSigned(headers: IncomingHttpHeaders, signed: Uint8Array | string): void;
}

export function gateFor(access: DoorAccess | undefined, clock: Clock = systemClock): DoorGate {
  if (!access) return localGate;
  return 'tokens' in access ? tokenGate(access.tokens) : signatureGate(access.signingSecrets, clock);
}

/** Everybody on this machine, but no web page that a browser here shows. */
const localGate: DoorGate = {
  admit: (headers) => {
    if (!namesLoopback(headers.host)) {
      const message =
        'Without a token, the door answers only to names of this machine: use the address that it printed.';
      throw new DoorRefusal(421, 'OTHER_HOST', message);
    }
    if (isFromForeignPage(headers)) {
      const message = 'Without a token, a web page cannot use the door: call it from a program.';
      throw new DoorRefusal(403, 'WEB_PAGE', message);
    }
  },
  admitSigned: () => undefined,
};

function tokenGate(tokens: readonly string[]): DoorGate {
  return {
    admit: ({ authorization = '' }) => {
      const token = /^bearer +(\S+)$/i.exec(authorization.trim())?.[1];
      if (token !== undefined && isOneOf(token, tokens)) return;
      const message = 'The token is missing or wrong: send Authorization: Bearer and the token.';
      throw new DoorRefusal(401, 'TOKEN_NEEDED', message, { 'www-authenticate': 'Bearer' });
    },
    admitSigned: () => undefined,
  };
}

function signatureGate(secrets: readonly string[], clock: Clock): DoorGate {
  return {
    admit: (headers) => void inTime(headers, clock),
    admitSigned: (headers, signed) => {
      if (isSigned(inTime(headers, clock), secrets, signed)) return;
      const message =
        'No secret of the door makes this signature: sign the time, a dot, and the body exactly as it is sent (or the path, if there is no body).';
      throw new DoorRefusal(401, 'SIGNATURE_WRONG', message);
    },
  };
}

/** @throws {DoorRefusal} without a signature that is recent */
function inTime(headers: IncomingHttpHeaders, clock: Clock): Signature {
  const header = headers[signatureHeader];
  const signature = typeof header === 'string' ? readSignature(header) : undefined;
  if (!signature) {
    const message = 'Send the header Loyalty-Signature: t=SECONDS,v1=HMAC, as docs/sync-serve.md shows.';
    throw new DoorRefusal(401, 'SIGNATURE_NEEDED', message);
  }
  if (Math.abs(clock.now() / 1000 - Number(signature.time)) <= signatureWindow) return signature;
  const message = `The time of the signature is more than ${signatureWindow} seconds from the time here: sign each attempt anew, and check the clocks.`;
  throw new DoorRefusal(401, 'SIGNATURE_OLD', message);
}
