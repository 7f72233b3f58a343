import { z } from 'zod';
import type { LoyaltyConnection } from './connection.js';
import { exchange } from './exchange.js';
import { parseJson } from '../json.js';
import { login, originOf } from './login.js';
import type { Credentials } from './login.js';
import { defaultApiVersion, newestApiVersion, oldestApiVersion } from './apiVersionRange.js';

export interface ConnectLimits {
  readonly apiVersion?: string;
  /** Milliseconds for one request. */
  readonly timeout: number;
}

/**
 * A connection that logs in now, and again whenever the org says that the session is over. Requests that meet the end
 * of a session together log in once.
 *
 * jsforce is loaded here and not at the top, so that whoever brings a connection does not pay for it.
 */
export async function connect(credentials: Credentials, limits: ConnectLimits): Promise<LoyaltyConnection> {
  const { timeout } = limits;
  const token = await login(credentials, timeout);
  const version = limits.apiVersion ?? (await newestCommonVersion(token.instance_url, timeout));
  const { Connection } = await import('@jsforce/jsforce-node/lib/connection.js');
  return new Connection({
    instanceUrl: token.instance_url,
    accessToken: token.access_token,
    version,
    // Names our calls in the org's event logs and change events.
    callOptions: { client: 'sf-plugin-loyalty' },
    refreshFn: (connection, done) => {
      login(credentials, timeout).then(
        (renewed) => {
          connection.instanceUrl = renewed.instance_url;
          done(null, renewed.access_token);
        },
        (error: unknown) => {
          done(error instanceof Error ? error : new Error(String(error)));
        },
      );
    },
  });
}

const VersionList = z.array(z.object({ version: z.string() }));

/**
 * The newest version that the org lists and this client knows. `GET /services/data` needs no session and does not count
 * against any limit. An org that gives no list gets the default: the first real call will tell what is wrong with it.
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
