import { VersionList } from '../../contract/apiDiscovery.js';
import type { LoyaltyConnection } from './connection.js';
import { exchange } from './exchange.js';
import { parseJson } from '../json.js';
import { login, originOf } from './login.js';
import type { Credentials } from './login.js';
import { SessionConnection } from './sessionConnection.js';
import type { OrgSession } from './sessionConnection.js';
import { defaultApiVersion, newestApiVersion, oldestApiVersion } from './apiVersionRange.js';

export interface ConnectLimits {
  readonly apiVersion?: string;
  /** Milliseconds for one request. */
  readonly timeout: number;
}

/** Returns a connection that logs in now, and again whenever the org says that the session has ended. */
export async function connect(credentials: Credentials, limits: ConnectLimits): Promise<LoyaltyConnection> {
  const { timeout } = limits;
  const renew = async (): Promise<OrgSession> => {
    const { instance_url: instanceUrl, access_token: token } = await login(credentials, timeout);
    return { instanceUrl, token };
  };
  const session = await renew();
  const version = limits.apiVersion ?? (await newestCommonVersion(session.instanceUrl, timeout));
  return new SessionConnection(session, { version, renew });
}

/**
 * Returns the newest version that both the org and this client know. `GET /services/data` needs no session and does not
 * count against any limit. If the org returns no list, the default is used: the first real call will show what is
 * wrong.
 */
export async function newestCommonVersion(instanceUrl: string, timeout: number): Promise<string> {
  const versions = await listedVersions(instanceUrl, timeout);
  const known = versions.filter((version) => version >= oldestApiVersion && version <= newestApiVersion);
  return known.length > 0 ? Math.max(...known).toFixed(1) : defaultApiVersion;
}

async function listedVersions(instanceUrl: string, timeout: number): Promise<number[]> {
  const url = `${originOf({ instanceUrl })}/services/data`;
  try {
    const { body } = await exchange({ method: 'GET', url, headers: { accept: 'application/json' } }, { timeout });
    return VersionList.parse(parseJson(body)).map(({ version }) => Number.parseFloat(version));
  } catch {
    return [];
  }
}
