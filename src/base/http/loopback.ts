import { isIPv4 } from 'node:net';

/** Whether a host, without a port, is an address or a name that only this machine reaches. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  return name === '::1' || (isIPv4(name) && name.startsWith('127.')) || /^(?:[^/]+\.)?localhost$/.test(name);
}

/**
 * Whether a `Host` header names this machine. Any other name could be that of a web page whose DNS was changed to point
 * here (DNS rebinding).
 */
export function namesLoopback(hostHeader: string | undefined): boolean {
  // A request without a Host header cannot come from a browser.
  if (hostHeader === undefined || hostHeader === '') return true;
  const name = URL.parse(`http://${hostHeader}`)?.hostname;
  return name !== undefined && isLoopback(name);
}
