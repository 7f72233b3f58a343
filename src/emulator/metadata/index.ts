import type { Endpoint } from '../http/orgEndpoint.js';
import type { Org } from '../org.js';
import { deployRequestEndpoints } from './rest/deployRequestEndpoints.js';
import { soapEndpoint } from './soap/soapEndpoint.js';
import { openMetadataApi } from './metadataApi.js';
import type { MetadataApi } from './metadataApi.js';

/**
 * The Metadata API, in the two protocols that the CLI uses: SOAP, and REST for deploys. It is opened when it is first
 * called: then it reads what was deployed, and the list of all types.
 */
export function metadataEndpoints(org: Org): Endpoint[] {
  let opened: MetadataApi | undefined;
  const open = (): MetadataApi => (opened ??= openMetadataApi(org));
  return [...soapEndpoint(org, open), ...deployRequestEndpoints(open)];
}
