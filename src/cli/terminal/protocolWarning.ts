import { isThisMachine } from '../../base/thisMachine.js';

/** What `SfdcUrl` of `@salesforce/core` warns of, for any http address that a login has. */
const ofCore = /^Using insecure protocol: http: on url: (?<url>\S+)$/;

/** Whether this is the warning of core that http is insecure, about an address that does not leave this machine. */
export function isNeedlessWarning(warning: unknown): boolean {
  const { url } = (typeof warning === 'string' && ofCore.exec(warning)?.groups) || {};
  const parsed = url === undefined ? null : URL.parse(url);
  return parsed !== null && isThisMachine(parsed.hostname);
}
