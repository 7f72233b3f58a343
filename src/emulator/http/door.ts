import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { ApiError } from '../apiError.js';
import { addressTooLong, mostBytes } from './addressLimit.js';
import { isLocalHost } from './hosts.js';

type Request = Pick<IncomingMessage, 'headers' | 'rawHeaders' | 'url'>;

/**
 * What nobody may send, whatever it asks for: judged once, before anything looks at the request.
 *
 * @param ownNames names with a public domain by which the org is called
 * @returns 403 for a page of another origin, 414 and 431 for too much, 421 for a name that is not the org's
 */
export function refusalAtDoor(request: Request, ownNames: readonly string[]): ApiError | undefined {
  const { headers } = request;
  if (!isLocalHost(headers.host, ownNames)) return elsewhere;
  if (isFromForeignPage(headers)) return foreignPage;
  return tooLarge(request);
}

/**
 * Does a browser say that a page of another origin has sent it? Pages cannot change these headers. A program sends none
 * of them, the org's own page and the address bar `same-origin` and `none`.
 */
export function isFromForeignPage({ host = '', origin, referer, ...headers }: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  // Browsers tell the site only to addresses of this machine. To others they tell the origin, or where the link was.
  return [origin, referer].some((from) => from !== undefined && hostOf(from) !== hostOf(`http://${host}`));
}

/** Undefined for what is no address, such as the origin `null` of a file or a sandbox. */
function hostOf(address: string): string | undefined {
  return URL.parse(address)?.host;
}

function tooLarge({ url = '', rawHeaders }: Request): ApiError | undefined {
  const address = Buffer.byteLength(url);
  if (address > mostBytes) return addressTooLong;
  const headers = rawHeaders.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return address + headers > mostBytes ? headersTooLarge : undefined;
}

const elsewhere = new ApiError(
  421,
  'BAD_REQUEST',
  'A local org answers to addresses, to localhost, and to names that no public DNS has: see docs/emulator.md, Security',
);

const foreignPage = new ApiError(
  403,
  'FORBIDDEN',
  'A web page of another origin may not use a local org: call it from a program, or type its address into the browser',
);

export const headersTooLarge = new ApiError(
  431,
  'REQUEST_HEADER_FIELDS_TOO_LARGE',
  `The address and the headers have more than ${mostBytes} bytes together`,
);
