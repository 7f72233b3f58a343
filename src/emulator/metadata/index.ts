import type { Endpoint } from '../http/orgEndpoint.js';
import type { Org } from '../org.js';
import { deployRequestEndpoints } from './rest/deployRequestEndpoints.js';
import { soapEndpoint } from './soap/soapEndpoint.js';
import type { MetadataApi } from './metadataApi.js';

/**
 * The Metadata API, in the two protocols that the CLI uses: SOAP, and REST for deploys. Its code is loaded when it is
 * first called.
 */
export function metadataEndpoints(org: Org): Endpoint[] {
  let opened: Promise<MetadataApi> | undefined;
  const open = (): Promise<MetadataApi> =>
    (opened ??= import('./metadataApi.js').then((api) => api.openMetadataApi(org)));
  return [...soapEndpoint(org, open), ...deployRequestEndpoints(open)];
}
