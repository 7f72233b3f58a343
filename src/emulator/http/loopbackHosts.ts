import { isIP } from 'node:net';

/** Names that cannot be registered, because they are reserved for this machine, private networks or documentation. */
const unregistrable = /(?:^|\.)(?:localhost|local|internal|test|example|invalid|home\.arpa)\.?$/i;

/**
 * Whether a request to this host may be for a local org. IP addresses, names without a dot (such as a container's) and
 * names outside of public DNS are accepted. Any other name could be the domain of a web page whose DNS was changed to
 * point here (DNS rebinding), and a browser would then treat that page and the org as one site.
 */
export function isLocalHost(host: string | undefined, own: readonly string[]): boolean {
  // A request without a Host header cannot come from a browser.
  if (host === undefined || host === '') return true;
  const name = URL.parse(`http://${host}`)?.hostname ?? '.';
  const isAddress = isIP(name.replace(/^\[|\]$/g, '')) !== 0;
  return (
    isAddress || !name.includes('.') || unregistrable.test(name) || own.some((each) => each.toLowerCase() === name)
  );
}
