import { shortText } from '../../base/text/shortText.js';
import { withoutSecrets } from '../../base/text/withoutSecrets.js';
import { isThisMachine } from '../../base/thisMachine.js';
import { AddressError } from '../failures/addressError.js';

/** Addresses that were checked: a client uses a few of them again and again, such as that of the journals. */
const checked = new Map<string, Readonly<URL>>();
const mostChecked = 100;

/**
 * Checks the address of a request, because the request carries a token or a secret. It must use TLS or lead to this
 * machine.
 *
 * @throws {AddressError} before anything is sent
 */
export function safeAddress(address: string): Readonly<URL> {
  const known = checked.get(address);
  if (known !== undefined) return known;
  const url = checkedAddress(address);
  // Queries have addresses of their own, which are long and never come again.
  if (url.search === '') {
    if (checked.size >= mostChecked) checked.clear();
    checked.set(address, url);
  }
  return url;
}

/** @throws {AddressError} */
function checkedAddress(address: string): URL {
  const url = URL.parse(address);
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    const shown = shortText(withoutSecrets(address.split('?')[0] ?? ''), 200);
    throw new AddressError(`"${shown}" is not the address of an org. Nothing was sent.`, checkInstance);
  }
  if (url.protocol === 'http:' && !isThisMachine(url.hostname)) {
    const message = `The org's address ${url.origin} begins with http: the token could be read on the way. Nothing was sent.`;
    throw new AddressError(message, checkInstance);
  }
  return url;
}

/**
 * Checks the instance that a login names. If the login itself used TLS, the instance must use it, too, even on this
 * machine.
 *
 * @throws {AddressError}
 */
export function safeInstance(instanceUrl: string, loginUrl: string): string {
  const { protocol, origin } = safeAddress(instanceUrl);
  if (protocol === 'http:' && safeAddress(loginUrl).protocol === 'https:') {
    const message = `The answer to the login names the instance ${origin}, which begins with http. Nothing was sent there.`;
    throw new AddressError(message, checkInstance);
  }
  return instanceUrl;
}

const checkInstance =
  'Check the instance URL of the org: it must begin with https://. Only 127.0.0.1, localhost and [::1] may use http://.';
