import type { IncomingMessage } from 'node:http';
import { isFromForeignPage } from '../../base/http/foreignPage.js';
import { OrgRefusal } from '../orgRefusal.js';
import { addressTooLong, mostBytes } from './addressLimit.js';
import { isLocalHost } from './loopbackHosts.js';

type Request = Pick<IncomingMessage, 'headers' | 'rawHeaders' | 'url'>;

/**
 * Refuses requests that are not allowed for any endpoint. This is checked once, before the request is read.
 *
 * @param ownNames public domain names of the org
 * @returns 403 for a web page of another origin, 414 or 431 for a head that is too large, 421 for a foreign host name
 */
export function admitRequest(request: Request, ownNames: readonly string[]): OrgRefusal | undefined {
  const { headers } = request;
  if (!isLocalHost(headers.host, ownNames)) return elsewhere;
  if (isFromForeignPage(headers)) return foreignPage;
  return tooLarge(request);
}

function tooLarge({ url = '', rawHeaders }: Request): OrgRefusal | undefined {
  const address = Buffer.byteLength(url);
  if (address > mostBytes) return addressTooLong;
  const headers = rawHeaders.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return address + headers > mostBytes ? headersTooLarge : undefined;
}

const elsewhere = new OrgRefusal(
  421,
  'BAD_REQUEST',
  'A local org answers only to IP addresses, localhost, and names outside of public DNS: see docs/emulator.md, Security',
);

const foreignPage = new OrgRefusal(
  403,
  'FORBIDDEN',
  'A web page of another origin cannot use a local org: call it from a program, or type its address into the browser',
);

export const headersTooLarge = new OrgRefusal(
  431,
  'REQUEST_HEADER_FIELDS_TOO_LARGE',
  `The address and the headers have more than ${mostBytes} bytes together`,
);
