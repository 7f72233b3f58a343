import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a browser reports that a page of another origin sent the request. Pages cannot change these headers. Programs
 * send none of them. A server's own page sends `same-origin`, and the address bar sends `none`.
 */
export function isFromForeignPage({ host = '', origin, referer, ...headers }: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  // Browsers send `Sec-Fetch-Site` only to addresses of this machine. To others they send `Origin` or `Referer`.
  return [origin, referer].some((from) => from !== undefined && hostOf(from) !== hostOf(`http://${host}`));
}

/** Returns undefined for an invalid address, such as the origin `null` of a file or a sandbox. */
function hostOf(address: string): string | undefined {
  return URL.parse(address)?.host;
}
