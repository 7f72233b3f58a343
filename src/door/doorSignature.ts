import { createHmac } from 'node:crypto';
import { isOneOf } from './sameSecret.js';

/** The header of a signature: `t=1767225600,v1=` and the signature in hexadecimal digits. */
export const signatureHeader = 'loyalty-signature';

/** Seconds by which the time of a signature may differ from the time here. */
export const signatureWindow = 300;

/** More of them would only make work. A sender that changes its secret signs with two. */
const mostSignatures = 5;

/** What a signature header says. */
export interface Signature {
  /** Seconds since the epoch, as they were signed. */
  readonly time: string;
  /** One for each secret of the sender. */
  readonly signatures: readonly string[];
}

/** Returns undefined if the header has another form. */
export function readSignature(header: string): Signature | undefined {
  const parts = header.split(',').map((part) => part.trim());
  const time = parts.find((part) => part.startsWith('t='))?.slice(2) ?? '';
  const signatures = parts.filter((part) => part.startsWith('v1=')).map((part) => part.slice(3).toLowerCase());
  if (!/^\d{1,12}$/.test(time) || signatures.length === 0 || signatures.length > mostSignatures) return undefined;
  return { time, signatures };
}

/**
 * Returns the signature of a request, for the header `Loyalty-Signature`.
 * @param time seconds since the epoch
 * @param signed the bytes of the body as they are sent; for a request without one, its path, such as
 * `/transactions/till%3A4711`
 */
export function signRequest(secret: string, time: number, signed: Uint8Array | string): string {
  return `t=${time},v1=${digest(secret, String(time), signed)}`;
}

/** Whether one of the signatures was made with one of the secrets. Takes as long whether it was or not. */
export function isSigned(
  { time, signatures }: Signature,
  secrets: readonly string[],
  signed: Uint8Array | string,
): boolean {
  const expected = secrets.map((secret) => digest(secret, time, signed));
  return signatures.map((each) => isOneOf(each, expected)).includes(true);
}

function digest(secret: string, time: string, signed: Uint8Array | string): string {
  return createHmac('sha256', secret).update(`${time}.`).update(signed).digest('hex');
}
