import { isIP } from 'node:net';

/** Names that nobody can register: of this machine, of a private network, of documentation. */
const unregistrable = /(?:^|\.)(?:localhost|local|internal|test|example|invalid|home\.arpa)\.?$/i;

/**
 * May a request to this host be meant for a local org? Addresses, names without a dot (a container's) and names that no
 * public DNS has may. Any other name is one that a web page can come from after it was made to point here (DNS
 * rebinding), and for a browser that page and the org are then one site.
 */
export function isLocalHost(host: string | undefined, own: readonly string[]): boolean {
  // Only what is no browser names none.
  if (host === undefined || host === '') return true;
  const name = URL.parse(`http://${host}`)?.hostname ?? '.';
  const isAddress = isIP(name.replace(/^\[|\]$/g, '')) !== 0;
  return (
    isAddress || !name.includes('.') || unregistrable.test(name) || own.some((each) => each.toLowerCase() === name)
  );
}
